import { styleText } from 'node:util';

/** The one place that prints. Data goes to standard output, progress and complaints to standard error. */
export interface Console {
  /** Data: what a pipe or a file gets. */
  print(text: string): void;
  /** Progress, for people. */
  progress(text: string): void;
  style(text: string, style: Style): string;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

export const processConsole: Console = {
  print: (text) => void process.stdout.write(text),
  progress: (text) => void process.stderr.write(`${text}\n`),
  // styleText itself honours NO_COLOR, FORCE_COLOR and whether standard output is a terminal.
  style: (text, style) => styleText(style, text, { stream: process.stdout }),
};
