import { expect, test } from 'vitest';
import { tokenOpening } from '../../../contract/tokens.ts';
import { exampleEnvironment } from './project.ts';

test('a linked config has no tokens left, and one id for each client', () => {
  const { configText, clients, table } = exampleEnvironment('prod');
  expect(configText).not.toContain(tokenOpening);
  expect(Object.keys(clients).sort()).toEqual(Object.keys(table.clients).sort());
  expect(new Set(Object.values(clients)).size).toBe(Object.keys(clients).length);
  for (const id of Object.values(clients)) expect(configText).toContain(id);
});
