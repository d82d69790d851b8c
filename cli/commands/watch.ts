import type { Analysis } from '../../compiler/analysis.ts';
import { jsonText } from '../../compiler/diagnostics/render/json-text.ts';
import { createMemory, type Memory } from '../../compiler/memory.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { watchTree } from '../../toolchain/watch/trees.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FormatOptions, rootOf } from '../options.ts';
import { analyseTree, readConfiguration, renderFindings, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

type WatchOptions = TreeOptions & FormatOptions;

/** Validates now and after each save, until Ctrl-C. In JSON each state is one line. */
export async function watch(options: WatchOptions, console: Console, stop = onInterrupt()): Promise<ExitCode> {
  if (options.format !== 'text' && options.format !== 'json') {
    throw new UsageError(`--watch prints text or json, not ${options.format}`);
  }
  const root = rootOf(options);
  const memory = createMemory();
  // A mistake of the command line ends it at once; later it may be a mistake of the moment.
  analyseTree(readConfiguration(options), options, memory);
  for await (const tree of watchTree(root, stop)) {
    if (tree === null) console.progress(`${root} is gone; as soon as it is back, it is validated again`);
    else show(tree, memory, options, console);
  }
  return exitCodes.fine;
}

function show(tree: SourceTree, memory: Memory, options: WatchOptions, console: Console): void {
  const analysis = analysed(tree, memory, options, console);
  if (analysis === undefined) return;
  const text = renderFindings(analysis, tree.files.length, options.format, console);
  const heading = console.style(`── ${new Date().toTimeString().slice(0, 8)} ${'─'.repeat(60)}`, 'dim');
  console.print(options.format === 'json' ? `${jsonText(JSON.parse(text), 0)}\n` : `${heading}\n${text}\n`);
}

function analysed(tree: SourceTree, memory: Memory, options: WatchOptions, console: Console): Analysis | undefined {
  try {
    return analyseTree(tree, options, memory);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.progress(error.message);
    return undefined;
  }
}

/** Ctrl-C and a polite kill end the watching, not the process in the middle of a line. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
