export { answerTo } from './answer.ts';
export { visitorChanges } from './change.ts';
export { analyseRules, type Gaze, type Reach, unreachedRules } from './reach.ts';
export type { RuleLists } from './rules.ts';
