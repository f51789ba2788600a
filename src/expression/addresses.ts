/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** All addresses of one family from the first to the last, both included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const octet = '(?:0|[1-9][0-9]{0,2})';
const strict4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Reads one address as strictly as Rust's `std::net` does: no leading zeros in IPv4, at most four digits in an IPv6 group. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parse6(text);
  return strict4.test(text) ? parse4(text) : undefined;
}

/** Up to four decimal parts; those left out at the end are zero (crate `cidr`), as in `10` or `192.168`. */
function parse4(text: string): Address | undefined {
  if (!parts4.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  let value = 0;
  for (let at = 0; at < 4; at += 1) {
    const part = parts[at] ?? 0;
    if (part > 255) return undefined;
    value = value * 256 + part;
  }
  return { version: 4, value: BigInt(value) };
}

const parts4 = /^[0-9]+(?:\.[0-9]+){0,3}$/;

function parse6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  // An IPv4 tail ends the address, so nothing may follow it.
  if (tail !== undefined && halves[0]?.includes('.')) return undefined;
  const zeros = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? zeros !== 0 : zeros < 1) return undefined;
  const all = [...head, ...Array<bigint>(zeros).fill(0n), ...(tail ?? [])];
  return { version: 6, value: all.reduce((sum, group) => (sum << 16n) | group, 0n) };
}

function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const found: bigint[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`));
    else if (at === parts.length - 1 && strict4.test(part)) {
      const value = parse4(part)?.value;
      if (value === undefined) return undefined;
      found.push(value >> 16n, value & 0xffffn);
    } else return undefined;
  }
  return found;
}

/** What is wrong with an item of a set of addresses, in words that end a sentence. */
export interface Misfit {
  readonly problem: string;
  readonly hint: string;
}

/** Reads an address, a network or a range `a..b`; networks may be short (`10/8`), their host bits must be zero. */
export function parseRange(text: string): AddressRange | Misfit {
  const dots = text.indexOf('..');
  if (dots >= 0) return parseBounds(text.slice(0, dots), text.slice(dots + 2));
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const address = host.includes(':') ? parse6(host) : parse4(host);
  if (address === undefined) return { problem: `"${host}" is no IP address`, hint: addressHint };
  const bits = address.version === 4 ? 32 : 128;
  const length = slash < 0 ? bits : prefixLength(text.slice(slash + 1));
  if (length === undefined || length > bits) {
    return {
      problem: `"${text.slice(slash + 1)}" is no length of an IPv${address.version} network`,
      hint: `behind the slash stands a number from 0 to ${bits}`,
    };
  }
  const rest = (1n << BigInt(bits - length)) - 1n;
  const range = { version: address.version, first: address.value & ~rest, last: address.value | rest };
  if (range.first === address.value) return range;
  const meant = printRange(range);
  return { problem: `${text} has bits set behind its first ${length}`, hint: `the network is ${meant}` };
}

const addressHint = 'an address is written 192.0.2.1 or 2001:db8::1, a network 192.0.2.0/24';

function prefixLength(text: string): number | undefined {
  return /^[0-9]+$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}

function parseBounds(from: string, to: string): AddressRange | Misfit {
  const first = parseAddress(from);
  const last = parseAddress(to);
  if (first === undefined || last === undefined) {
    return { problem: `"${first === undefined ? from : to}" is no IP address`, hint: addressHint };
  }
  if (first.version !== last.version) {
    return {
      problem: `a range goes from IPv${first.version} to IPv${last.version}`,
      hint: 'write two ranges',
    };
  }
  if (first.value > last.value) {
    return { problem: `the range ${from}..${to} runs downwards`, hint: `write ${to}..${from}` };
  }
  return { version: first.version, first: first.value, last: last.value };
}

/** The usual spelling of an address (RFC 5952), IPv4-mapped ones with dots. */
export function printAddress({ version, value }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  if (value >> 32n === 0xffffn) return `::ffff:${printAddress({ version: 4, value: value & 0xffffffffn })}`;
  const hex = value.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
  const words = hex.map((group) => group.replace(/^0{1,3}/, '')).join(':');
  const runs = words.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return words;
  const at = words.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`));
  return `${words.slice(0, at).replace(/:$/, '')}::${words.slice(at + longest.length).replace(/^:/, '')}`;
}

/** An address alone, a network where the range is exactly one, `a..b` otherwise. */
export function printRange({ version, first, last }: AddressRange): string {
  const from = printAddress({ version, value: first });
  if (first === last) return from;
  const size = last - first + 1n;
  const isNetwork = (size & (size - 1n)) === 0n && first % size === 0n;
  if (!isNetwork) return `${from}..${printAddress({ version, value: last })}`;
  return `${from}/${(version === 4 ? 33 : 129) - size.toString(2).length}`;
}
