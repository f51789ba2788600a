import type { Json, JsonObject } from '../model/body.ts';
import { type Problem, ProblemError, type ProblemInput, problem, WriteError } from '../problem/problem.ts';
import type { Call } from './call.ts';
import { inDoubt, misfitProblems, problemsOf } from './failure.ts';
import { Misfit } from './misfit.ts';
import { saysMissing } from './refusal.ts';
import type { Transport } from './transport.ts';

/** A call with what its answer means. */
interface Question<T> {
  readonly call: Call;
  /** Turns `result` into a value; throws `Misfit` where that is impossible. */
  readonly understand: (result: Json, info: JsonObject) => T;
  /** What a 404 means, where it is no failure. */
  readonly missing?: () => T;
}

/** Asks without changing anything; throws `ProblemError` where there is no usable answer. */
export async function read<T>(transport: Transport, question: Question<T>): Promise<T> {
  const { result } = await settle(transport, question);
  if ('value' in result) return result.value;
  throw new ProblemError(...result.problems);
}

/** Asks for a change; throws `WriteError`, whose fate says whether the change may have been made. */
export async function write<T>(transport: Transport, { call, ...question }: Question<T>): Promise<T> {
  const { result, doubtful, held } = await settle(transport, {
    ...question,
    call: { ...call, perishable: true },
  });
  if ('value' in result) return result.value;
  if (doubtful) throw new WriteError('unknown', ...result.problems.map(inDoubt));
  throw new WriteError(held ? 'held' : 'refused', ...result.problems);
}

type Result<T> = { readonly value: T } | { readonly problems: readonly ProblemInput[] };

interface Settled<T> {
  readonly result: Result<T>;
  readonly doubtful: boolean;
  readonly held: boolean;
}

async function settle<T>(transport: Transport, question: Question<T>): Promise<Settled<T>> {
  const { call, understand, missing } = question;
  const { answer, doubtful, held } = await transport.perform(call);
  if (answer.kind === 'yes') {
    const result = understood(() => understand(answer.result, answer.info), call, transport);
    // The change was made, only what came of it cannot be told.
    return { result: masked(result, transport), doubtful: true, held };
  }
  if (missing !== undefined && answer.kind === 'no' && saysMissing(answer.status, answer.errors)) {
    return { result: { value: missing() }, doubtful, held };
  }
  return { result: masked({ problems: problemsOf(call, answer) }, transport), doubtful, held };
}

function understood<T>(understand: () => T, call: Call, { clean }: Transport): Result<T> {
  try {
    return { value: understand() };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { problems: misfitProblems(call, error.reasons.map(clean)) };
  }
}

function masked<T>(result: Result<T>, transport: Transport): Result<T> {
  if ('value' in result) return result;
  return { problems: result.problems.map((one) => maskProblem(one, transport)) };
}

/** Takes secrets out of everything that a problem says. */
export function maskProblem(input: ProblemInput, { mask }: Pick<Transport, 'mask'>): Problem {
  const { notes, hint, scope } = input;
  return problem({
    ...input,
    message: mask(input.message),
    ...(hint === undefined ? {} : { hint: mask(hint) }),
    ...(scope === undefined ? {} : { scope: mask(scope) }),
    ...(notes === undefined
      ? {}
      : { notes: notes.map((note) => ({ ...note, message: mask(note.message) })) }),
  });
}
