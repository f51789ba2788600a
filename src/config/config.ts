import type { ContentType } from '../model/body.ts';
import type { Origin } from '../model/desired.ts';
import type { ScopeKind, ScopeName } from '../model/scope.ts';
import type { VisitorCase } from '../model/visitor.ts';
import { collection } from '../problem/collection.ts';
import { type Checked, hasErrors } from '../problem/problem.ts';
import { checkConfig } from '../schema/schema.ts';
import { reportFaults } from './faults.ts';
import type { Ignore } from './ignores.ts';
import type { ConfigSource, Located, Place } from './place.ts';
import { readScopes } from './read.ts';
import { readTests } from './read-tests.ts';
import type { LocatedText } from './text.ts';
import { plainValue } from './tree.ts';
import { uniteScopes } from './union.ts';
import { readTree } from './yaml.ts';

export type { Ignore } from './ignores.ts';
export { pageType } from './page-type.ts';
export { type ConfigSource, type Located, notesOf, type Place } from './place.ts';
export { type LocatedText, spanWithin } from './text.ts';
export { type ConfigDocument, type RuleDocument, type ScopeDocument, writeConfig } from './write.ts';

/** What the files say, shape checked, with the place of every value; references and limits are for `desired`. */
export interface Config {
  /** In the order of the files. */
  readonly scopes: readonly ConfigScope[];
  /** In the order of the files. */
  readonly tests: readonly ConfigTest[];
  /** The comments that silence findings, file by file. */
  readonly ignores: readonly Ignore[];
}

/** What the files say of one scope; an absent list is not claimed. */
export interface ConfigScope {
  readonly name: ScopeName;
  /** The scope's key in the file. */
  readonly origin: Place['span'];
  readonly assets?: ConfigClaim<ConfigAsset>;
  readonly rules?: ConfigClaim<ConfigRule>;
}

/** A list that a scope owns; its place is that of the key `assets:` or `rules:`. */
export interface ConfigClaim<T> extends Place {
  readonly items: readonly T[];
}

/** An asset as written. */
export interface ConfigAsset {
  readonly origin: Origin;
  readonly name: Located<string>;
  readonly url: Located<string>;
  readonly description?: Located<string>;
}

/** A rule as written. */
export interface ConfigRule {
  readonly origin: Origin;
  readonly ref: Located<string>;
  readonly expression: LocatedText;
  readonly page: Page;
  readonly description?: Located<string>;
  readonly contentType?: Located<ContentType>;
  readonly statusCode?: Located<number>;
  readonly enabled?: Located<boolean>;
}

/** A test as written, the facts of its visitor translated. */
export interface ConfigTest {
  readonly origin: Origin;
  readonly name?: Located<string>;
  /** As the test names it, in the form in which names are compared; `account` tells zones of one name apart. */
  readonly scope: {
    readonly kind: ScopeKind;
    readonly name: Located<string>;
    readonly account?: Located<string>;
  };
  readonly visitor: VisitorCase;
  /** The names under `fields`. */
  readonly fields: readonly Located<string>[];
  readonly expect: ConfigExpectation;
}

/** What a test expects, as written; its place is that of the whole mapping. */
export interface ConfigExpectation extends Place {
  /** A ref, or the word `none`. */
  readonly ref?: Located<string>;
  readonly asset?: Located<string>;
  readonly status?: Located<number>;
}

/** Where the file says that a rule's page is. */
export type Page =
  | { readonly kind: 'asset'; readonly name: Located<string> }
  | { readonly kind: 'content'; readonly content: Located<string> }
  | PageFile;

/** A page in a file of its own: `path` as written, relative to `directory`, that of the YAML file. */
export interface PageFile {
  readonly kind: 'file';
  readonly path: Located<string>;
  readonly directory: string;
}

/** The texts of page files, by `pageFileKey`. */
export type Pages = ReadonlyMap<string, string>;

/** The key under which `Pages` holds a file: the same for every rule that names the same file in the same words. */
export function pageFileKey(file: PageFile): string {
  return `${file.directory}\0${file.path.value}`;
}

/** Every page file that the rules of a config name, each key once, in the order of the rules. */
export function pageFiles(config: Config): PageFile[] {
  const files = new Map<string, PageFile>();
  for (const scope of config.scopes) {
    for (const { page } of scope.rules?.items ?? []) {
      if (page.kind === 'file' && !files.has(pageFileKey(page))) files.set(pageFileKey(page), page);
    }
  }
  return [...files.values()];
}

/**
 * Reads the YAML of all files into one config, checked against the schema and united by scope. Every problem of every
 * file is reported; the value is undefined where one of them is an error.
 */
export function parseConfig(sources: readonly ConfigSource[]): Checked<Config> {
  const { report, problems } = collection();
  const ignores: Ignore[] = [];
  const tests: ConfigTest[] = [];
  const scopes = sources.flatMap((source) => {
    const read = readTree(source, report);
    if (read === undefined) return [];
    const { tree } = read;
    ignores.push(...read.ignores);
    reportFaults(tree, checkConfig(plainValue(tree)), report);
    tests.push(...readTests(tree));
    return readScopes(tree, { directory: source.directory, report });
  });
  const config = { scopes: uniteScopes(scopes, report), tests, ignores };
  return { value: hasErrors(problems()) ? undefined : config, problems: problems() };
}
