import { counted } from '../../diagnostics/render/summary.ts';
import { visible } from '../../diagnostics/render/visible.ts';
import type { Environment, Explanation, Present } from '../explanation.ts';
import type { ExplanationRenderer } from '../renderer.ts';
import { type Node, node } from './branch.ts';
import { linesOf, placeText, type Style } from './lines.ts';
import { merge } from './merge.ts';
import { modelNodes } from './models.ts';
import { isRoute, routeNodes, smallPrint } from './route.ts';
import { accessNodes, budgetNodes, limitNodes, standingNodes } from './tenant.ts';

const unstyled: Style = (text) => text;

/** For people: a tree in which what is the same in all environments is said once. */
export const text: ExplanationRenderer = (explanation, { style = unstyled } = {}) => {
  const { environments } = explanation;
  const trees = environments.flatMap((each) => {
    if (each.absent !== null) return [];
    return [{ environment: each.environment, nodes: nodesOf(each, explanation.asked) }];
  });
  const tree = [...merge(environments.map(absence)).filter(({ node: { id } }) => id === 'absent'), ...merge(trees)];
  return [...heading(explanation, style), ...linesOf(tree, style), ...notes(explanation, style), ''].join('\n');
};

function heading({ tenant, date, environments, asked }: Explanation, style: Style): string[] {
  const { name, displayName, costCenter, orgUnit, owners, formerly, place } = tenant;
  const facts = [displayName, costCenter, ...(orgUnit === null ? [] : [orgUnit])];
  const former = formerly.length === 0 ? [] : [`formerly ${formerly.join(', ')}`];
  const client = asked.client === null ? [] : [`client ${asked.client}`];
  const scope = [
    `on ${date}`,
    `in ${environments.map(({ environment }) => environment).join(', ')}`,
    ...client,
    ...former,
    ...owners,
  ];
  return [
    `${style(visible(name), 'title')}  ${visible(facts.join(' · '))}  ${style(placeText(place), 'place')}`,
    style(visible(scope.join(' · ')), 'dim'),
  ];
}

function absence({ environment, absent }: Environment) {
  return {
    environment,
    nodes: absent === null ? [] : [node('absent', 'the tenant is not there', { role: 'warn', place: absent })],
  };
}

function nodesOf(present: Present, asked: Explanation['asked']): Node[] {
  if (asked.model === null) {
    return [
      ...standingNodes(present),
      ...limitNodes(present, false),
      ...budgetNodes(present, false),
      ...accessNodes(present),
      ...modelNodes(present),
    ];
  }
  const clients = asked.client === null ? [] : accessNodes(present);
  return [...routeNodes(present, asked.model), ...allowanceNodes(present), ...clients];
}

/** What counts a request; a refused one nothing counts. */
function allowanceNodes(present: Present): Node[] {
  const { route, refusesAll } = present;
  if (route === null || refusesAll !== null || !isRoute(route)) return [];
  return [...limitNodes(present, true), ...budgetNodes(present, true, route.model), ...smallPrint(route)];
}

function notes({ errors }: Explanation, style: Style): string[] {
  if (errors === 0) return [];
  return [
    '',
    style(
      `The configuration has ${counted(errors, 'error')}, so this is only what is known: gatewright validate`,
      'bad',
    ),
  ];
}
