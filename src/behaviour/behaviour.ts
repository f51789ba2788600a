export { answerTo } from './answer.ts';
export { type Asking, type FieldFault, fieldFault } from './asked-by.ts';
export { visitorChanges } from './change.ts';
export { explainVisitor, type RuleSource, type RuleSources } from './explain-visitor.ts';
export { analyseRules, type Gaze, type Reach, unreachedRules } from './reach.ts';
export { ruleSources } from './rule-sources.ts';
export type { Renewals, RuleLists } from './rules.ts';
export { runTests } from './run-tests.ts';
export { completeCase, visitorContext } from './visitor-context.ts';
