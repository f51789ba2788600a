/** Blanks and colour changes at the end of a line. */
const lineEnd = /(?: |\u001b\[[0-9;]*m)+$/gm;

/** Two colons at the beginning of a line, which start a command in the logs of CI runners. */
const command = /^((?:\s|\u001b\[[0-9;]*m)*):(?=:)/;

/** A line that no CI runner takes for a command: the first of two leading colons is written as an escape. */
export function uncommanding(line: string): string {
  return line.replace(command, '$1\\u{3a}');
}

/** A terminal text: blocks of lines with an empty line between them, no blanks at the ends of lines, one newline at the end. */
export function pageOf(blocks: readonly (readonly string[])[]): string {
  const filled = blocks.filter((block) => block.length > 0);
  const text = filled.map((block) => block.map(uncommanding).join('\n')).join('\n\n');
  return `${text.replace(lineEnd, (end) => end.replaceAll(' ', ''))}\n`;
}
