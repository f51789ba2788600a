import { ProblemError } from '../problem/problem.ts';
import { askName, askPage, type Directory, type Entry, fits, type Page } from './directory.ts';
import type { Transport } from './transport.ts';

/** What was found out about a set of names. */
export interface Findings {
  /** Everything of this name; more than one means that the name is not enough. */
  of(name: string): readonly Entry[];
  /** Names that came by on the way, for "did you mean". */
  readonly seen: readonly string[];
}

/** With fewer names, asking for each of them costs no more than a look at the list. */
const worthListing = 3;

/**
 * Finds names with few requests: one or two by name each; more by the first page of the list and then, as its
 * `total_count` tells, by the rest of the list or by name for each that is still open, whichever is fewer requests.
 */
export async function search(
  transport: Transport,
  directory: Directory,
  names: readonly string[],
): Promise<Findings> {
  const entries = new Map<string, Entry>();
  const gather = async (pages: readonly Promise<Page>[]): Promise<void> => {
    for (const page of await Promise.all(pages))
      for (const entry of page.entries) entries.set(entry.id, entry);
  };
  const byName = (open: readonly string[]) => gather(open.map((name) => askName(transport, directory, name)));
  if (names.length < worthListing) await byName(names);
  else {
    const first = await askPage(transport, directory, 1).catch(unlessRefused);
    await gather([Promise.resolve(first)]);
    const open = names.filter((name) => !isSettled(first, directory, name));
    if (first.pages - 1 <= open.length) {
      await gather(pagesAfterFirst(first).map((page) => askPage(transport, directory, page)));
    }
    // Also where the pages gave less than was announced, as when a server ignores `page`.
    if (entries.size < first.total) await byName(open);
  }
  const all = [...entries.values()];
  return {
    of: (name) => all.filter((entry) => fits(directory, name, entry)),
    seen: all.map((entry) => entry.name),
  };
}

/**
 * A token of more than 500 accounts may not list without a name (Cloudflare OpenAPI, `zones-get`): it then sees a list of
 * unknown length, and asks by name.
 */
function unlessRefused(error: unknown): Page {
  const refused =
    error instanceof ProblemError && error.problems.every((one) => one.code === 'cloudflare/refused');
  if (!refused) throw error;
  return { entries: [], total: Number.POSITIVE_INFINITY, pages: Number.POSITIVE_INFINITY };
}

function pagesAfterFirst({ pages }: Page): readonly number[] {
  return Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2);
}

/**
 * Whether the first page alone answers for a name. In a list that is ordered by name, zones of one name stand side by
 * side, so a name that is not the last of the page cannot come again on the next.
 */
function isSettled({ entries, total }: Page, directory: Directory, name: string): boolean {
  if (entries.length >= total) return true;
  const names = entries.map((entry) => entry.name.toLowerCase());
  const ordered = names.every((one, index) => (names[index - 1] ?? '') <= one);
  const found = entries.some((entry) => fits(directory, name, entry));
  return ordered && found && names.at(-1) !== name.toLowerCase();
}
