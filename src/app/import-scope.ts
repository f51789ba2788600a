import { pageType, type RuleDocument, type ScopeDocument } from '../config/config.ts';
import type { Rule } from '../model/body.ts';
import { contentTypes } from '../model/body.ts';
import type { LiveAsset, LiveRule, LiveScope } from '../model/live.ts';
import { type ScopeName, scopeLabel } from '../model/scope.ts';
import { type Problem, type ProblemInput, problem } from '../problem/problem.ts';
import { readableRefs } from './readable-refs.ts';

/** A page that moves into a file of its own; `path` is relative to the YAML file, with `/`. */
export interface PageDocument {
  readonly path: string;
  readonly text: string;
}

/** A live scope as the file will show it. */
export interface ImportedScope {
  readonly document: ScopeDocument;
  readonly pages: readonly PageDocument[];
  readonly problems: readonly Problem[];
}

export interface DescribeOptions {
  readonly newRefs: boolean;
  /** Folder for pages, relative to the YAML file, with `/`; absent: pages stay inside the rules. */
  readonly pagesDir?: string;
}

/** A page of more lines than this is easier to read in a file of its own. */
const mostInlineLines = 3;

/**
 * Describes what is live in the words of the file. What the file cannot express becomes a problem and a comment; where
 * leaving it out of a list would make apply remove it, the whole list is left out and so not claimed.
 */
export function describeScope(name: ScopeName, live: LiveScope, options: DescribeOptions): ImportedScope {
  const rules = live.ruleset?.rules ?? [];
  const assets = live.assets ?? [];
  const complaints = [
    ...rules.flatMap((rule) =>
      complaintAbout(rule, live).map((input) => ({ input, raw: rule.raw as unknown })),
    ),
    ...assets.flatMap((asset) =>
      assetComplaint(asset, live).map((input) => ({ input, raw: asset as unknown })),
    ),
  ];
  const codes = new Set(complaints.map(({ input }) => input.code));
  const written = rules.filter(isExpressible);
  const refs = options.newRefs ? readableRefs(written) : new Map<string, string>();
  const documents = withPages(
    written.map((rule) => ruleOf(rule, refs.get(rule.ref))),
    name,
    options.pagesDir,
  );
  const comment = complaints
    .filter(({ input }) => input.code !== 'import/carried-along')
    .flatMap(({ input, raw }) => [`${input.message}:`, JSON.stringify(raw)]);
  return {
    document: {
      name,
      ...(codes.has('import/asset-not-expressible') ? {} : { assets }),
      ...(codes.has('import/rule-not-expressible') ? {} : { rules: documents.map((one) => one.document) }),
      ...(comment.length === 0 ? {} : { comment }),
    },
    pages: codes.has('import/rule-not-expressible') ? [] : documents.flatMap((one) => one.page ?? []),
    problems: complaints.map(({ input }) => problem(input)),
  };
}

const parameterKeys = ['asset_name', 'content', 'content_type', 'status_code'];

function isExpressible(rule: LiveRule): boolean {
  const { source, extra = {}, contentType, statusCode } = rule.serve;
  const hasKnownType = contentType === undefined || contentTypes.some((one) => one === contentType);
  return (
    rule.action === 'serve_error' &&
    source.kind !== 'nothing' &&
    (source.kind === 'asset' || contentType !== undefined) &&
    hasKnownType &&
    (statusCode === undefined || (statusCode >= 400 && statusCode <= 999)) &&
    !parameterKeys.some((key) => Object.hasOwn(extra, key))
  );
}

function complaintAbout(rule: LiveRule, { scope }: LiveScope): ProblemInput[] {
  const label = scopeLabel(scope);
  if (rule.action !== 'serve_error') {
    const message = `rule ${rule.ref} of ${label} has the action ${rule.action}, which the file cannot express`;
    return [{ code: 'import/foreign-action', message, scope: label }];
  }
  if (!isExpressible(rule)) {
    const message = `rule ${rule.ref} of ${label} has parameters that the file cannot express`;
    return [{ code: 'import/rule-not-expressible', message, scope: label }];
  }
  const carried = Object.keys(rule.serve.extra ?? {});
  if (carried.length === 0) return [];
  const message = `rule ${rule.ref} of ${label} has parameters that the file does not show: ${carried.join(', ')}`;
  return [{ code: 'import/carried-along', message, scope: label, hint: 'plan and apply carry them along' }];
}

function assetComplaint({ name }: LiveAsset, { scope }: LiveScope): ProblemInput[] {
  if (/^[A-Za-z0-9_]{1,200}$/.test(name)) return [];
  const label = scopeLabel(scope);
  const message = `asset ${name} of ${label} has a name that the file cannot express`;
  return [{ code: 'import/asset-not-expressible', message, scope: label }];
}

/** What the file shows of a rule; parameters that it cannot show stay live without it. */
function ruleOf(
  { ref, expression, description, enabled, serve }: LiveRule,
  newRef: string | undefined,
): Rule {
  const { source, contentType, statusCode } = serve;
  return {
    ref: newRef ?? ref,
    expression,
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
    serve: {
      source,
      ...(contentType === undefined ? {} : { contentType }),
      ...(statusCode === undefined ? {} : { statusCode }),
    },
  };
}

interface DescribedRule {
  readonly document: RuleDocument;
  readonly page?: PageDocument;
}

function withPages(
  rules: readonly Rule[],
  name: ScopeName,
  pagesDir: string | undefined,
): readonly DescribedRule[] {
  const taken = new Set<string>();
  return rules.map((rule) => {
    const text = rule.serve.source.kind === 'content' ? rule.serve.source.content : '';
    if (pagesDir === undefined || !deservesFile(text)) return { document: { rule } };
    const path = freePath(
      `${pagesDir}/${fileName(name.name)}/${fileName(rule.ref)}`,
      extensionOf(rule),
      taken,
    );
    return { document: { rule, contentFile: path }, page: { path, text } };
  });
}

/** A byte order mark would be dropped when the file is read, and a lone surrogate has no UTF-8: both stay inline. */
function deservesFile(text: string): boolean {
  return text.split('\n').length > mostInlineLines && !text.startsWith('\ufeff') && text.isWellFormed();
}

const extensions = ['html', 'txt', 'json', 'xml'];

function extensionOf({ serve }: Rule): string {
  return extensions.find((extension) => pageType(`page.${extension}`) === serve.contentType) ?? 'txt';
}

/** A name without separators that begins with no dot: hidden paths are refused when the file is read. */
function fileName(text: string): string {
  const safe = text.replaceAll(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 100);
  return /^[A-Za-z0-9]/.test(safe) ? safe : `page${safe.replace(/^\.+/, '_')}`;
}

/** File systems may not tell letter case apart, so paths are free only where they differ in more. */
function freePath(stem: string, extension: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const path = `${stem}${count === 1 ? '' : `-${count}`}.${extension}`;
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}
