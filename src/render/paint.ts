import { styleText } from 'node:util';

/** What a colour means; few, and every one of them is also said in words or signs. */
const tones = {
  add: 'green',
  change: 'yellow',
  move: 'cyan',
  destroy: 'red',
  error: ['red', 'bold'],
  hazard: ['magenta', 'bold'],
  warning: ['yellow', 'bold'],
  hint: 'cyan',
  title: 'bold',
  dim: 'dim',
} as const satisfies Record<string, Parameters<typeof styleText>[0]>;

export type Tone = keyof typeof tones;

/** Puts a tone on a text that holds no line break; without colour the text comes back as it was. */
export type Paint = (tone: Tone, text: string) => string;

/** A painter that obeys `color` alone, whatever stream or environment the process has. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => (text === '' ? '' : styleText(tones[tone], text, { validateStream: false }));
}
