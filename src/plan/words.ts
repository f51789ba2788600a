/** A name as messages quote it. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** Every name, quoted, in its order. */
export function listed(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}
