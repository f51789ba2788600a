import { breaks, delays, riddles } from './kinds.ts';
import { defineMatrix } from './matrix.ts';

defineMatrix('a rich apply whose answers are lost', [...breaks, ...delays, ...riddles]);
