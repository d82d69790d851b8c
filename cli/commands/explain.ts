import type { Analysis } from '../../compiler/analysis.ts';
import { explain as explainTenant } from '../../compiler/explain/explain.ts';
import {
  type ExplanationFormat,
  type ExplanationRole,
  explanationRenderers,
} from '../../compiler/explain/renderers.ts';
import { type Kind, kindOf } from '../../compiler/schema/kinds.ts';
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
  if ('unreadable' in outcome) return sayUnreadable(analysis, [['Tenant', outcome.unreadable]], format, console);
  const known = analysis.environments.map((each) => each.model.environment.name);
  const hidden = asked(analysis, options).filter((name) => !known.includes(name));
  if (known.length > 0) {
    const style = (text: string, role: ExplanationRole) => styled(text, styles[role], console);
    console.print(explanationRenderers[format](outcome.explanation, { style }));
  }
  const resources = hidden.map((name): [Kind, string] => ['Environment', name]);
  return hidden.length === 0 ? exitCodes.fine : sayUnreadable(analysis, resources, format, console);
}

function asked({ resources }: Analysis, { env }: ExplainOptions): readonly string[] {
  return env === undefined ? [...resources.declared.Environment].sort() : [env];
}

/** With what is wrong in these files alone: the rest has nothing to do with the question. JSON stays one document. */
function sayUnreadable(
  analysis: Analysis,
  resources: readonly (readonly [Kind, string])[],
  format: ExplanationFormat,
  console: Console,
): ExitCode {
  const files = resources.map(([kind, name]) => {
    console.progress(`${kind.toLowerCase()} ${name} cannot be read:`);
    const broken = analysis.findings.map(({ place }) => place.file);
    return broken.find((file) => kindOf(file) === kind && file.endsWith(`/${name}.yaml`));
  });
  const findings = analysis.findings.filter(({ place }) => files.includes(place.file));
  const text = renderFindings({ ...analysis, findings }, files.length, 'text', console);
  if (format === 'json') console.progress(text);
  else console.print(text);
  return exitCodes.findings;
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
