/** How a terminal text is to look, and what it may quote; every renderer takes it or a part of it. */
export interface Look {
  /** True writes SGR colours whatever the stream is; the face knows its stream and `NO_COLOR`. */
  readonly color: boolean;
  /** Terminal width in cells. */
  readonly width: number;
  /** True begins the text with the word SANDBOX. */
  readonly sandbox: boolean;
  /** The text of each source file by the name that spans give it, for excerpts; a missing file costs the excerpt only. */
  readonly sources: ReadonlyMap<string, string>;
}

/** What Markdown needs to know: no colour and no width, but perhaps a limit. */
export interface MarkdownLook extends Pick<Look, 'sandbox' | 'sources'> {
  /** Most UTF-16 units that the text may have: details go first, those of the largest scopes before others. */
  readonly limit?: number;
  /** Markdown that stands before the counts in the heading; absent: `Custom errors`. */
  readonly title?: string;
  /** A Markdown paragraph under the heading. */
  readonly lead?: string;
  /** A Markdown sentence that says where the whole text is, for a text that was shortened. */
  readonly whole?: string;
}

/** What JSON needs to know. */
export type JsonLook = Pick<Look, 'sandbox'>;
