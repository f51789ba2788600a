import { type Command, InvalidArgumentError, Option } from 'commander';
import type { HeaderValues, VisitorCase } from '../model/visitor.ts';
import { gather } from './options.ts';

type Header = readonly [name: string, value: string];

/** What the command line says of a visitor and of the error. */
export interface VisitorOptions
  extends Pick<VisitorCase, 'status' | 'host' | 'path' | 'method' | 'scheme' | 'country' | 'ip'> {
  readonly '1xxx'?: number;
  readonly header: readonly Header[];
  readonly responseHeader: readonly Header[];
}

/** Adds the flags that say which error is asked about, and who meets it. */
export function addVisitorOptions(command: Command): void {
  command
    .optionsGroup('The error:')
    .requiredOption('--status <code>', 'its status, 100 to 999', statusOf)
    .option('--1xxx <code>', 'the code of a Cloudflare 1XXX error (none)', codeOf)
    .option(
      '--response-header <header>',
      'a header that comes with it, NAME=VALUE; repeatable',
      gatherHeader,
      [],
    )
    .optionsGroup('The request:')
    .option('--host <name>', 'its host (the name of the zone)', hostOf)
    .option('--path <path>', 'its path, with a query if it has one (/)', pathOf)
    .option('--method <method>', 'its method (GET)', methodOf)
    .addOption(new Option('--scheme <scheme>', 'http or https (https)').choices(['http', 'https']))
    .option('--header <header>', 'a header of it, NAME=VALUE; repeatable', gatherHeader, [])
    .option('--country <code>', 'where the visitor is, in two letters', countryOf)
    .option('--ip <address>', 'the address of the visitor')
    .option('--field <field>', 'any other field of rules, NAME=VALUE; repeatable', gather, []);
}

/** The visitor that the flags describe. */
export function visitorOf(options: VisitorOptions): VisitorCase {
  const { status, '1xxx': error1xxx, host, path, method, scheme, country, ip } = options;
  const { header, responseHeader } = options;
  return {
    ...{ status, error1xxx, host, path, method, scheme, country, ip },
    requestHeaders: header.length === 0 ? undefined : headersOf(header),
    responseHeaders: responseHeader.length === 0 ? undefined : headersOf(responseHeader),
  };
}

function headersOf(headers: readonly Header[]): HeaderValues {
  return Object.fromEntries(
    headers.map(([name]) => [name, headers.filter(([other]) => other === name).map(([, value]) => value)]),
  );
}

function statusOf(text: string): number {
  if (!/^[1-9]\d\d$/.test(text)) throw new InvalidArgumentError('It must be a number from 100 to 999.');
  return Number(text);
}

function codeOf(text: string): number {
  if (!/^(?:0|1\d\d\d)$/.test(text)) {
    throw new InvalidArgumentError('It must be a number from 1000 to 1999, or 0 for none.');
  }
  return Number(text);
}

function hostOf(text: string): string {
  if (!/^[^\s/?#@:]+(?::\d+)?$/.test(text)) throw new InvalidArgumentError('It must be a host name alone.');
  return text.toLowerCase();
}

function pathOf(text: string): string {
  if (!/^\/[^\s#]*$/.test(text)) {
    throw new InvalidArgumentError('It must begin with a slash, and blanks in it are written %20.');
  }
  return text;
}

function methodOf(text: string): string {
  if (!/^[A-Za-z-]+$/.test(text)) throw new InvalidArgumentError('It must be a word such as GET or POST.');
  return text.toUpperCase();
}

/** `T1` stands for Tor (Cloudflare docs, fields reference, ip.src.country). */
function countryOf(text: string): string {
  if (!/^(?:[A-Za-z]{2}|[Tt]1)$/.test(text)) {
    throw new InvalidArgumentError('It must be two letters such as DE, or T1 for Tor.');
  }
  return text.toUpperCase();
}

function gatherHeader(text: string, before: readonly Header[]): readonly Header[] {
  const at = text.indexOf('=');
  const name = text.slice(0, at).toLowerCase();
  if (at < 0 || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
    throw new InvalidArgumentError('It must be a name and a value, such as accept=text/html.');
  }
  return [...before, [name, text.slice(at + 1)]];
}
