import { cells, visible } from '../../diagnostics/render/visible.ts';
import { wrapped } from '../../diagnostics/render/wrapped.ts';
import type { Place } from '../place.ts';
import type { Role } from './branch.ts';
import type { Merged } from './merge.ts';

export type Style = (text: string, role: Role) => string;

const width = 110;
const layerWidth = 'environment'.length;
const widestLabel = 26;
/** Text that has less room than this goes on lines of its own, below what stands at the right. */
const narrowest = 24;

interface Columns {
  /** Where places begin. */
  readonly place: number;
  readonly style: Style;
}

/** The tree as lines: indented labels, text that is wrapped, and at the right who decided it where. */
export function linesOf(tree: readonly Merged[], style: Style): string[] {
  const widest = Math.max(0, ...placesOf(tree).map((text) => cells(text)));
  return block(tree, 0, { place: width - widest, style });
}

export function placeText({ file, line }: Place): string {
  return `${visible(file)}:${line}`;
}

function placesOf(tree: readonly Merged[]): string[] {
  return tree.flatMap(({ node, children }) => [
    ...(node.place === null ? [] : [placeText(node.place)]),
    ...placesOf(children),
  ]);
}

function block(siblings: readonly Merged[], depth: number, columns: Columns): string[] {
  const labels = siblings.map(({ node }) => cells(visible(node.label))).filter((size) => size <= widestLabel);
  const labelWidth = Math.max(0, ...labels);
  const tags = siblings.map(({ environments }) => cells(tagOf(environments)));
  const byId = new Map<string, number>();
  siblings.forEach(({ node }, index) => {
    byId.set(node.id, Math.max(byId.get(node.id) ?? 0, tags[index] ?? 0));
  });
  return siblings.flatMap((merged, index) => [
    ...(depth === 0 && !merged.again && isApart(merged, siblings[index - 1]) ? [''] : []),
    ...own(merged, depth, labelWidth, byId.get(merged.node.id) ?? 0, columns),
    ...block(merged.children, depth + 1, columns),
  ]);
}

/** Lines with something below them stand apart from their neighbours. */
function isApart(merged: Merged, before: Merged | undefined): boolean {
  return before === undefined || merged.children.length > 0 || before.children.length > 0;
}

function own(
  { node, environments, again }: Merged,
  depth: number,
  labelWidth: number,
  tagWidth: number,
  { place, style }: Columns,
): string[] {
  const indent = '  '.repeat(depth);
  const label = visible(node.label);
  const shown = again ? ' '.repeat(cells(label)) : style(label, depth === 0 ? 'title' : 'label');
  const gap = ' '.repeat(Math.max(0, labelWidth - cells(label)) + 2);
  const tag = tagWidth === 0 ? '' : `${tagOf(environments).padEnd(tagWidth)} `;
  const left = cells(indent) + cells(label) + gap.length + tag.length;
  const rightStart = node.layer !== null ? place - layerWidth - 1 : node.place !== null ? place : width;
  const right = rightOf(node, style);
  const room = rightStart - (right === '' ? 0 : 2) - left;
  const lines = wrapped(visible(node.text), Math.max(narrowest, room));
  const pad = ' '.repeat(left);
  return (lines.length === 0 ? [''] : lines).map((line, index) => {
    const before = index === 0 ? `${indent}${shown}${gap}${style(tag, 'tag')}` : pad;
    const text = style(line, node.role);
    if (index > 0 || right === '') return `${before}${text}`.trimEnd();
    return `${before}${text}${' '.repeat(Math.max(2, rightStart - left - cells(line)))}${right}`;
  });
}

function rightOf({ layer, place }: Merged['node'], style: Style): string {
  const where = place === null ? '' : placeText(place);
  const words = layer === null ? where : where === '' ? layer : `${layer.padEnd(layerWidth)} ${where}`;
  return words === '' ? '' : style(words, 'place');
}

function tagOf(environments: readonly string[] | null): string {
  return environments === null ? '' : `[${environments.map(visible).join(', ')}]`;
}
