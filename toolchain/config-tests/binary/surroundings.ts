import type { TenantDirectory } from '../../../contract/artifacts/tenants.ts';
import { answerBudget } from '../budget-service/serve.ts';
import { quietWorld, type World } from '../engine.ts';
import { json, listen, type Reaction, react } from '../loopback.ts';
import { type RecordedCall, serveProviders } from '../providers/providers.ts';

/** Everything that a gateway calls, on this machine, behaving as the world of the case says. */
export interface Surroundings {
  world: World;
  readonly ports: {
    readonly providers: Readonly<Record<string, number>>;
    readonly budgetService: number;
    readonly webhook: number;
  };
  calls(): readonly RecordedCall[];
  forgetCalls(): void;
  close(): Promise<void>;
}

export async function startSurroundings(
  resources: readonly string[],
  directory: TenantDirectory,
): Promise<Surroundings> {
  const calls: RecordedCall[] = [];
  const providers = await serveProviders(
    resources,
    () => surroundings.world,
    (call) => calls.push(call),
  );
  const budgets = await listen((arrived) => {
    const { budgetService, spent } = surroundings.world;
    const answer = () => answerBudget({ directory, spentBy: () => spent }, arrived);
    return react(budgetService, answer, (status) => json(status, { error: `the budget service answered ${status}` }));
  });
  const webhook = await listen(() => answerAsWebhook(surroundings.world));
  const ports = [...providers].map(([name, { port }]) => [name, port]);
  const surroundings: Surroundings = {
    world: quietWorld,
    ports: { providers: Object.fromEntries(ports), budgetService: budgets.port, webhook: webhook.port },
    calls: () => [...calls],
    forgetCalls: () => calls.splice(0),
    async close() {
      await Promise.all([...providers.values(), budgets, webhook].map((server) => server.close()));
    },
  };
  return surroundings;
}

/** The gateway does not look at the status of a webhook's answer: an error is one because it holds no action. */
function answerAsWebhook({ webhook }: World): Reaction {
  if (typeof webhook === 'object') return json(200, { action: webhook.action });
  const failure = (status: number) => json(status, { error: `the webhook answered ${status}` });
  return react(webhook, () => json(200, { action: {} }), failure);
}
