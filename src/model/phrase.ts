/** A sentence of our own words and of theirs: a format may print the first as they are, never the second. */
export type Phrase = readonly ({ readonly own: string } | { readonly theirs: string })[];

/** The sentence with its foreign words as they came. */
export function phraseText(phrase: Phrase): string {
  return phrase.map((word) => ('own' in word ? word.own : word.theirs)).join('');
}
