import { same } from './same.ts';
import type { Law } from './subject.ts';

/** decision-table.json, which people and tools read, says what the gateway's own tables say. */
export const table: Law = function* ({ table: written, decision, routes, model }) {
  const entries = Object.entries(written.tenants);
  for (const [name, { class: id }] of entries) {
    if (decision.rows.get(name)?.class !== id)
      yield `decision-table.json: tenant ${name} points to class ${id}, in the gateway to ${decision.rows.get(name)?.class}`;
    if (!id.startsWith('!') && !Object.hasOwn(written.classes, id))
      yield `decision-table.json: tenant ${name} points to class ${id}, which does not exist`;
  }
  if (entries.length !== decision.rows.size)
    yield `decision-table.json: it has ${entries.length} tenants, the gateway ${decision.rows.size} (${model.environment.name})`;
  for (const [id, { models, aliases }] of Object.entries(written.classes)) {
    if (!same(models, Object.fromEntries(decision.rules.get(id) ?? [])))
      yield `decision-table.json: class ${id} has other models than in the gateway`;
    if (!same(aliases, Object.fromEntries(decision.aliases.get(id) ?? [])))
      yield `decision-table.json: class ${id} has other aliases than in the gateway`;
    for (const [name, rule] of Object.entries(models)) {
      if (!Object.hasOwn(written.rules, rule))
        yield `decision-table.json: ${id}/${name} points to rule ${rule}, which does not exist`;
    }
  }
  for (const [id, { surfaces }] of Object.entries(written.rules)) {
    if (id.startsWith('!')) yield `decision-table.json: rule ${id} looks like a denial`;
    if (!same([...surfaces].sort(), [...routes.paths(id).keys()].sort()))
      yield `decision-table.json: rule ${id} has other surfaces than routes`;
  }
};
