import { budgetPath } from '../../contract/budget-service.ts';
import type { Json } from '../../contract/canonical.ts';
import { binaryEngine } from './binary/engine.ts';
import { answerBudget } from './budget-service/serve.ts';
import { modelEngine } from './model/engine.ts';
import type { OpenEngine } from './runner.ts';

/** Interprets the config, in milliseconds and anywhere. */
export const model: OpenEngine = ({ configText, clients, invokeScope, directory }) =>
  Promise.resolve(
    modelEngine(configText, {
      clients,
      invokeScope,
      // The same reference service that the binary asks over HTTP.
      budgetService: (question, spent) => {
        const asked = { method: 'POST', path: budgetPath, body: Buffer.from(JSON.stringify(question)) };
        const { status, headers, chunks } = answerBudget({ directory, spentBy: () => spent }, asked);
        return { status, headers, body: JSON.parse(chunks.join('')) as Json };
      },
    }),
  );

/** The agentgateway executable, between mocks on this machine. */
export function binary(executable: string): OpenEngine {
  return ({ configText, clients, invokeScope, directory }) =>
    binaryEngine({ executable, linkedConfigText: configText, clients, invokeScope, directory });
}
