export { answerTo } from './answer.ts';
export { visitorChanges } from './change.ts';
export { analyseRules, type Reach } from './reach.ts';
export type { Renewals, RuleLists } from './rules.ts';
