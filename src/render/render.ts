/**
 * The door of the renderers: a value and a look in, the whole text out. Every text that is not empty ends with one
 * newline, and nothing that came from YAML or from Cloudflare can act in it: controls are made visible, Markdown cannot be broken.
 */
export { explanationJson } from './explanation-json.ts';
export { explanationTerminal } from './explanation-terminal.ts';
export { importJson } from './import-json.ts';
export type { JsonLook, Look, MarkdownLook } from './look.ts';
export { planJson } from './plan-json.ts';
export { planMarkdown } from './plan-markdown.ts';
export { planTerminal } from './plan-terminal.ts';
export { problemsJson } from './problems-json.ts';
export { problemsMarkdown } from './problems-page.ts';
export { problemsTerminal } from './problems-terminal.ts';
export { receiptJson } from './receipt-json.ts';
export { receiptMarkdown } from './receipt-markdown.ts';
export { receiptTerminal } from './receipt-terminal.ts';
export { testsJson } from './tests-json.ts';
export { problemsOfTestsTerminal, type TestsLook, testsTerminal } from './tests-terminal.ts';
export { sandboxLine, testsLine } from './words.ts';
