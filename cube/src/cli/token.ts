import { parseArgs } from 'node:util';
import { roles } from '../auth/roles.ts';
import { parseLifetime, signToken } from '../auth/token.ts';
import { cubeSecret } from '../connection.ts';
import { fail } from './fail.ts';

const usage = `Prints a token for Cube's API.

  npm run token -- --role ROLE [--role ROLE] --user USER [--payer NAME] [--ttl 1h]

  --role  what the token may see: ${roles.join(', ')}
  --user  who uses it; goes into Cube's log
  --payer the payer whose rows the role payer sees, by its name; without it that role sees none
  --ttl   lifetime such as 90s, 15m or 1h, at most 24h`;

try {
  const { values } = parseArgs({
    options: {
      role: { type: 'string', multiple: true },
      user: { type: 'string' },
      payer: { type: 'string' },
      ttl: { type: 'string', default: '1h' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
  } else {
    const { role = [], user = '', payer, ttl } = values;
    const lifetime = parseLifetime(ttl);
    console.log(
      signToken({ user, roles: role, ...(payer !== undefined && { payer }), lifetime }, cubeSecret(process.env)),
    );
  }
} catch (error) {
  fail(error, usage);
}
