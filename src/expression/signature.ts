import { type Argument, type CallOperand, isLiteral, isMapped, isOperand, isVector } from './ast.ts';
import type { Definition, Parameter, Wanted } from './functions.ts';
import type { Fault } from './token.ts';
import { elementOf, type Type, typeWords } from './types.ts';

/** The type of an argument (behind `[*]`: of one element); undefined where no table tells. */
export function argumentType(argument: Argument): Type | undefined {
  if (isOperand(argument)) return argument.type;
  if (argument.kind === 'int') return 'Int';
  if (argument.kind === 'bytes') return 'Bytes';
  if (argument.kind === 'ip') return 'Ip';
  return isVector(argument) ? 'Array<Bool>' : 'Bool';
}

/** What a call gives for one element of its first argument; undefined where no table tells. */
export function returnType({ returns }: Definition, given: readonly Argument[]): Type | undefined {
  if (returns !== 'as the first') return returns;
  return given[0] === undefined ? undefined : argumentType(given[0]);
}

type Call = Pick<CallOperand, 'name' | 'arguments' | 'from' | 'to'>;

/** What is wrong with the arguments of a call: their number, and each one's kind and type. */
export function argumentFaults(
  call: Call,
  definition: Definition,
  isSure: (argument: Argument) => boolean,
): Fault[] {
  const given = call.arguments;
  const least = definition.least ?? definition.parameters.length;
  const most = definition.most ?? definition.parameters.length;
  const faults = given.flatMap((argument, at): Fault[] => {
    const parameter = definition.parameters[at] ?? definition.parameters.at(-1);
    if (at >= most || parameter === undefined) return [];
    const { from, to } = argument;
    if (at > 0 && isOperand(argument) && isMapped(argument)) return [mappedTooLate(argument)];
    const found = argumentKind(call.name, argument, parameter);
    if (found !== undefined) return [{ ...found, from, to }];
    const type = argumentType(argument);
    if (type === undefined || !isSure(argument)) return [];
    if (parameter.types.some((wanted) => accepts(wanted, type, given))) return [];
    return [{ ...wrongType(call.name, type, expected(parameter, given)), from, to }];
  });
  if (given.length >= least && given.length <= most) {
    return given.length < (definition.usual ?? 0)
      ? [...faults, unusualCount(call, definition.usual)]
      : faults;
  }
  return [...faults, wrongCount(call, least, most)];
}

function accepts(wanted: Wanted, type: Type, given: readonly Argument[]): boolean {
  if (wanted === 'anything') return true;
  if (wanted === 'Array' || wanted === 'Map') return type.startsWith(`${wanted}<`);
  const resolved = resolve(wanted, given);
  return resolved === undefined || resolved === type;
}

/** Undefined where the first argument's type is not known. */
function resolve(
  wanted: Exclude<Wanted, 'anything' | 'Array' | 'Map'>,
  given: readonly Argument[],
): Type | undefined {
  const [first] = given;
  const type = first === undefined ? undefined : argumentType(first);
  if (wanted === 'as the first') return type;
  if (wanted === 'held by the first') return type === undefined ? undefined : elementOf(type);
  return wanted;
}

function expected({ types }: Parameter, given: readonly Argument[]): string {
  const words = types.map((wanted) => {
    if (wanted === 'anything') return 'any value';
    if (wanted === 'Array') return 'an array';
    if (wanted === 'Map') return 'a map';
    const type = resolve(wanted, given);
    return type === undefined ? 'any value' : typeWords(type);
  });
  return words.join(' or ');
}

type Said = Pick<Fault, 'code' | 'message' | 'hint' | 'severity'>;

function argumentKind(name: string, argument: Argument, { as }: Parameter): Said | undefined {
  const code = 'expression/argument-kind';
  if (as === 'field' && isLiteral(argument)) {
    return { code, message: `${name}() takes a field or a call here, not a value`, hint: 'give it a field' };
  }
  if (isLiteral(argument) || as === 'either' || as === 'field') return undefined;
  const message = `${name}() takes a value written out here, not a field or a call`;
  if (as === 'literal') return { code, message, hint: 'write the value itself' };
  const unsure = `the docs of ${name}() show a value written out here, never a field or a call`;
  return { code: 'expression/undocumented', message: unsure, hint: 'Cloudflare may refuse it' };
}

function wrongType(name: string, type: Type, wanted: string): Said {
  const isEach = type.startsWith('Array') && wanted === typeWords('Bytes');
  return {
    code: 'expression/argument-type',
    message: `${name}() takes ${wanted} here, and this is ${typeWords(type)}`,
    hint: isEach ? 'pick an element with [0], or use [*] inside any() or all()' : `give it ${wanted}`,
  };
}

function mappedTooLate({ from, to }: Argument): Fault {
  return {
    code: 'expression/argument-kind',
    message: '[*] stands behind an argument that is not the first',
    from,
    to,
    hint: 'only the first argument of a call may stand for every element',
  };
}

function unusualCount({ name, arguments: given, from, to }: Call, usual: number | undefined): Fault {
  const message = `the docs of ${name}() want ${usual} arguments, and ${given.length} are given`;
  return { code: 'expression/undocumented', message, from, to, hint: 'Cloudflare may refuse it' };
}

function wrongCount({ name, arguments: given, from, to }: Call, least: number, most: number): Fault {
  const range = least === most ? `${least}` : most >= 4096 ? `at least ${least}` : `${least} to ${most}`;
  return {
    code: 'expression/argument-count',
    message: `${name}() takes ${range} ${most > 1 && range !== 'at least 1' ? 'arguments' : 'argument'}, and ${given.length} ${given.length === 1 ? 'is' : 'are'} given`,
    from,
    to,
    hint:
      least === 1 && given.length === 0
        ? 'write the argument between the brackets'
        : 'see the docs of the function',
  };
}
