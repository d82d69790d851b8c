import { explain as explainTenant } from '../../compiler/explain/explain.ts';
import {
  type ExplanationFormat,
  type ExplanationRole,
  explanationRenderers,
} from '../../compiler/explain/renderers.ts';
import type { Console, Style } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { analyseTree, readConfiguration, renderFindings, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface ExplainOptions extends TreeOptions {
  readonly model?: string;
  readonly client?: string;
  readonly path?: string;
  readonly format: ExplanationFormat;
}

export function explain(tenant: string, options: ExplainOptions, console: Console): ExitCode {
  const tree = readConfiguration(options);
  const analysis = analyseTree(tree, options);
  const { model, client, path, format } = options;
  const outcome = explainTenant(analysis, {
    tenant,
    ...(model === undefined ? {} : { model }),
    ...(client === undefined ? {} : { client }),
    ...(path === undefined ? {} : { path }),
  });
  if ('unknown' in outcome) {
    const { what, name, hint } = outcome.unknown;
    throw new UsageError(`there is no ${what} ${name}: ${hint}`);
  }
  if ('unreadable' in outcome) {
    console.progress(`tenant ${outcome.unreadable} cannot be read:`);
    console.print(renderFindings(analysis, tree.files.length, format, console));
    return exitCodes.findings;
  }
  const style = (text: string, role: ExplanationRole) => styled(text, styles[role], console);
  console.print(explanationRenderers[format](outcome.explanation, { style }));
  return exitCodes.fine;
}

function styled(text: string, style: Style | undefined, console: Console): string {
  return style === undefined || text === '' ? text : console.style(text, style);
}

const styles: Readonly<Record<ExplanationRole, Style | undefined>> = {
  title: 'bold',
  label: undefined,
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  plain: undefined,
  dim: 'dim',
  tag: 'cyan',
  place: 'dim',
};
