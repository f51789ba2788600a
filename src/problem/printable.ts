/** Tab stops of everything that is printed, in cells. */
const tabStop = 4;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '##': '#\\u{23}' };

/**
 * One line of text that does nothing but stand there: controls and invisible characters are written `\n`, `\r` or
 * `\u{1b}`, a tab is `⇥` filled up to the next stop of four cells. Text that is printable already comes back as it was.
 */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  const shown = withoutTricks(text);
  return shown.includes('\t') ? withTabs(shown) : shown;
}

/**
 * Whole emoji are kept. Two number signs before a bracket begin a command in the logs of CI runners, wherever they
 * stand in a line (actions/runner, `ActionCommand.TryParse`). The class holds controls, format and bidirectional
 * characters, lone surrogates, unassigned and default-ignorable characters, and every blank but the plain space and
 * the ideographic one, which is wide enough to be seen. Sets of emoji take milliseconds to build, so the patterns of
 * this file stand where they are used: then only text that is not plain waits for them.
 */
function withoutTricks(text: string): string {
  return text.replace(
    /\p{RGI_Emoji}|##(?=\[|vso\[)|[[\p{C}\p{Z}\p{DI}]--[ \t\u3000]]/gv,
    (found) => named[found] ?? escaped(found),
  );
}

function escaped(found: string): string {
  if (/^\p{RGI_Emoji}$/v.test(found)) return found;
  return `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}

function withTabs(text: string): string {
  const [first = '', ...others] = text.split('\t');
  let column = cells(first);
  let line = first;
  for (const part of others) {
    const gap = tabStop - (column % tabStop);
    line += `⇥${' '.repeat(gap - 1)}${part}`;
    column += gap + cells(part);
  }
  return line;
}

/** ASCII without controls and without the number signs of a runner's command: nearly every text there is. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('##');
}

/** One user-perceived character with the cells that it takes in a terminal. */
export interface Grapheme {
  readonly text: string;
  readonly cells: number;
}

/** Made at the first text that needs it: it takes longer than everything else that a short command prints. */
let segmenter: Intl.Segmenter | undefined;

/** The characters of a visible text as a reader counts them, each with its width in terminal cells. */
export function graphemes(text: string): readonly Grapheme[] {
  if (isPlain(text)) return Array.from(text, (character) => ({ text: character, cells: 1 }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    text: segment,
    cells: isWide(segment) ? 2 : /^\p{M}/u.test(segment) ? 0 : 1,
  }));
}

/**
 * Characters two cells wide: East Asian Width W and F (Unicode Standard Annex 11), in blocks, and what is drawn as an
 * emoji. Node measures text for its own prompt but exports no function that does.
 */
function isWide(segment: string): boolean {
  return /\p{Emoji_Presentation}|\p{RGI_Emoji}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/v.test(
    segment,
  );
}

/** How many terminal cells a visible text takes: 0 for a lone combining mark, 2 for East Asian wide characters and emoji. */
export function cells(text: string): number {
  if (isPlain(text)) return text.length;
  return graphemes(text).reduce((sum, one) => sum + one.cells, 0);
}

/** A visible text of at most `width` cells (at least 1): what does not fit is replaced by `…`. */
export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const one of graphemes(text)) {
    used += one.cells;
    if (used > width - 1) break;
    kept += one.text;
  }
  return `${kept}…`;
}

/**
 * A visible text in rows of at most `width` cells, broken after a blank where one stands in the second half of the row.
 * At least one row; joined they are the text again.
 */
export function fold(text: string, width: number): readonly string[] {
  if (cells(text) <= width) return [text];
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const one of graphemes(text)) {
    if (row !== '' && used + one.cells > width) {
      const blank = row.lastIndexOf(' ') + 1;
      const end = blank > row.length / 2 ? blank : row.length;
      rows.push(row.slice(0, end));
      row = row.slice(end);
      used = cells(row);
    }
    row += one.text;
    used += one.cells;
  }
  return [...rows, row];
}

/** A text filled up with blanks to `width` cells. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}
