import { suites } from './runner/suites.ts';
import { runSuite, summarise, type SuiteResult } from './runner/run-suite.ts';

// `npm test`: every suite, or those named (`npm test -- lint go`). The last line is "N passed, N failed[, N skipped]".
const wanted = process.argv.slice(2);
const known = suites.map((suite) => suite.name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No test suite is named ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

const results: SuiteResult[] = [];
for (const suite of suites) {
  if (wanted.length === 0 || wanted.includes(suite.name)) results.push(await runSuite(suite));
}
process.exitCode = summarise(results) ? 0 : 1;
