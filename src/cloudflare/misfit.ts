/** Thrown inside this room by what reads an answer: the reasons, in words, why it cannot be used. */
export class Misfit extends Error {
  readonly reasons: readonly string[];

  constructor(...reasons: readonly string[]) {
    super(reasons.join('; '));
    this.name = 'Misfit';
    this.reasons = reasons;
  }
}
