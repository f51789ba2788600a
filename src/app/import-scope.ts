import { parseConfig, type ScopeDocument, writeConfig } from '../config/config.ts';
import { makeDesired } from '../desired/desired.ts';
import type { JsonObject, Rule } from '../model/body.ts';
import type { LiveAsset, LiveRule, LiveScope } from '../model/live.ts';
import { type ScopeName, scopeLabel } from '../model/scope.ts';
import { visible } from '../problem/printable.ts';
import { type Problem, type ProblemInput, problem } from '../problem/problem.ts';
import { assetDocument } from './backup.ts';
import { type PageDocument, type PageFolder, withPages } from './import-pages.ts';
import { readableRefs } from './readable-refs.ts';

/** A live scope as the file will show it. */
export interface ImportedScope {
  readonly document: ScopeDocument;
  readonly pages: readonly PageDocument[];
  readonly problems: readonly Problem[];
}

export interface DescribeOptions {
  readonly newRefs: boolean;
  /** Absent: pages stay inside the rules. */
  readonly folder?: PageFolder;
}

/** Something live that the file does not hold, or not whole, with what the API says of it. */
interface Complaint {
  readonly input: ProblemInput;
  readonly raw: JsonObject;
}

/**
 * Describes what is live in the words of the file. What the file cannot express becomes a problem and a comment; where
 * leaving it out of a list would make apply remove it, the whole list is left out and so not claimed.
 */
export function describeScope(name: ScopeName, live: LiveScope, options: DescribeOptions): ImportedScope {
  const label = scopeLabel(live.scope);
  const { assets = [], ruleset } = live;
  const rules = (ruleset?.rules ?? []).map((rule) => ({ rule, complaint: complainOfRule(rule, label) }));
  const written = rules.filter(({ complaint }) => complaint === undefined || isShown(complaint));
  const refs = options.newRefs ? readableRefs(written.map(({ rule }) => rule)) : new Map<string, string>();
  const bodies = written.map(({ rule }) => shownRule(rule, refs.get(rule.ref) ?? rule.ref));
  const described = withPages(bodies, name.name, options.folder);
  const complaints = [
    ...rules.flatMap(({ complaint }) => complaint ?? []),
    ...assets.flatMap((asset) => complainOfAsset(asset, label) ?? []),
  ];
  const codes = new Set(complaints.map(({ input }) => input.code));
  const claimsRules = !codes.has('import/rule-not-expressible');
  const comment = complaints
    .filter((one) => !isShown(one))
    .flatMap(({ input, raw }) => [visible(`${input.message}:`), escapedJson(raw)]);
  return {
    document: {
      name,
      ...(codes.has('import/asset-not-expressible') ? {} : { assets }),
      ...(claimsRules ? { rules: described.map((one) => one.document) } : {}),
      ...(comment.length === 0 ? {} : { comment }),
    },
    pages: claimsRules ? described.flatMap((one) => one.page ?? []) : [],
    problems: complaints.map(({ input }) => problem(input)),
  };
}

/** JSON in which nothing invisible stands as itself. */
function escapedJson(raw: JsonObject): string {
  return JSON.stringify(raw).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from(found.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** Parameters that the file does not show stay live without it; everything else is left out of the file. */
function isShown({ input }: Complaint): boolean {
  return input.code === 'import/carried-along';
}

function complainOfRule(rule: LiveRule, scope: string): Complaint | undefined {
  const { raw } = rule;
  const which = `rule ${rule.ref} of ${scope}`;
  if (rule.action !== 'serve_error') {
    const message = `${which} has the action ${rule.action}, which the file cannot express`;
    return { input: { code: 'import/foreign-action', message, scope }, raw };
  }
  const why = whyNotExpressible(rule);
  if (why !== undefined) {
    const message = `${which} cannot be expressed in the file: ${why}`;
    return { input: { code: 'import/rule-not-expressible', message, scope }, raw };
  }
  const carried = Object.keys(rule.serve.extra ?? {});
  if (carried.length === 0) return undefined;
  const message = `${which} has parameters that the file does not show: ${carried.join(', ')}`;
  const hint = 'plan and apply carry them along';
  return { input: { code: 'import/carried-along', message, scope, hint }, raw };
}

function complainOfAsset(asset: LiveAsset, scope: string): Complaint | undefined {
  const why = firstFault({ assets: [asset] });
  if (why === undefined) return undefined;
  const message = `asset ${asset.name} of ${scope} cannot be expressed in the file: ${why}`;
  return { input: { code: 'import/asset-not-expressible', message, scope }, raw: assetDocument(asset) };
}

const parameterKeys = ['asset_name', 'content', 'content_type', 'status_code'];

function whyNotExpressible(rule: LiveRule): string | undefined {
  const { source, extra = {} } = rule.serve;
  if (source.kind === 'nothing') return 'it has neither one asset_name nor one content';
  const malformed = parameterKeys.find((key) => Object.hasOwn(extra, key));
  if (malformed !== undefined) return `its ${malformed} is malformed`;
  return firstFault({ rules: [{ rule: shownRule(rule, rule.ref) }] });
}

/** What the file's own checks say of a scope that holds one thing: they alone know what can be written. */
function firstFault(claims: Pick<ScopeDocument, 'assets' | 'rules'>): string | undefined {
  const document = { name: { kind: 'zone', name: 'example.com' } as const, ...claims };
  const { text } = writeConfig({ schema: '', scopes: [document] });
  const config = parseConfig([{ file: '', text, directory: '' }]);
  const desired = config.value === undefined ? [] : makeDesired(config.value, new Map()).problems;
  return [...config.problems, ...desired].find((one) => one.severity === 'error')?.message;
}

/** A rule as the file shows it, without the parameters that the file cannot show. */
function shownRule({ expression, description, enabled, serve }: LiveRule, ref: string): Rule {
  const { source, contentType, statusCode } = serve;
  return {
    ref,
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
