import type { DeployEvent } from '../deployer/outcome.ts';
import type { Console } from './console.ts';
import { planText, short } from './plan-text.ts';

/** Deploy events as lines for people, on standard error. */
export function reportProgress(console: Console): (event: DeployEvent) => void {
  return (event) => {
    const line = lineOf(event, console);
    if (line !== undefined) console.progress(line);
  };
}

function lineOf(event: DeployEvent, console: Console): string | undefined {
  switch (event.kind) {
    case 'planned':
      return event.plan.actions.length === 0 ? undefined : planText(event.plan, console).trimEnd();
    case 'locked':
      return event.tookOverFrom === null ? undefined : `took over the lock of ${event.tookOverFrom}, which is gone`;
    case 'action': {
      const { action, index, count: all } = event;
      const key = action.kind === 'upload-release' ? short(action.key) : action.key;
      return `[${String(index).padStart(String(all).length)}/${all}] ${action.kind} ${key}`;
    }
    case 'action-done':
      return undefined;
    case 'service-deployment':
      return `        service deployment: ${event.status}${event.reason === null ? '' : ` (${event.reason})`}`;
    case 'warning':
      return `warning: ${event.message}`;
  }
}
