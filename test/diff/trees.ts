import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../compiler/analyse.ts';
import type { Analysis } from '../../compiler/analysis.ts';
import type { Change, Comparison } from '../../compiler/diff/change.ts';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { day } from '../day.ts';

export const project = join(import.meta.dirname, 'project');

/** Files of `folder` over those of `base`; a file without content is taken away. */
export function overlay(base: SourceTree, folder: string): SourceTree {
  if (!existsSync(folder)) return base;
  const files = new Map(base.files.map((file) => [file.path, file]));
  for (const file of readTree(folder).files) {
    if (file.content instanceof Uint8Array && file.content.length === 0) files.delete(file.path);
    else files.set(file.path, file);
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

export function edited(tree: SourceTree, path: string, edit: (text: string) => string): SourceTree {
  return {
    files: tree.files.map((file) =>
      file.path === path && file.content instanceof Uint8Array
        ? { path, content: new TextEncoder().encode(edit(new TextDecoder().decode(file.content))) }
        : file,
    ),
  };
}

export function analysed(tree: SourceTree): Analysis {
  return analyse({ tree, date: day });
}

export function errorsOf(analysis: Analysis): string[] {
  return analysis.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, place }) => `${place.file}:${place.range.start.line} ${code} ${message}`);
}

export function comparisonOf(changes: readonly Change[], notes: readonly string[] = []): Comparison {
  const side = (label: string) => ({ label, commit: null });
  return { base: side('base'), head: side('head'), environments: ['dev', 'prod'], changes, notes };
}
