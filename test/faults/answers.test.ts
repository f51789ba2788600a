import { failures, refusals, throttles } from './kinds.ts';
import { defineMatrix } from './matrix.ts';

defineMatrix('a rich apply that is refused', [...throttles, ...failures, ...refusals]);
