import { customerRules } from './customers.ts';
import { dataRules } from './data-and-models.ts';
import { financeRules } from './finance.ts';
import { marketingRules } from './marketing.ts';
import { operationsRules } from './operations.ts';
import { platformRules } from './platform.ts';

/** Every alert rule, by what is evaluated together. */
export const ruleGroups = [operationsRules, platformRules, dataRules, customerRules, financeRules, marketingRules];
