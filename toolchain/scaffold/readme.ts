import Handlebars from 'handlebars';
import type { ProjectAnswers } from './project.ts';
import { firstTenant } from './tenant.ts';

const template = Handlebars.compile(
  `# {{name}}

The configuration of an AI gateway, deployed by Gatewright. People change it in pull requests.

| folder | holds |
|---|---|
| \`gatewright.yaml\` | the project |
| \`tenants/\` | who may use the gateway, and how much |
| \`routing/\` | providers, models and their tests |
| \`guardrails/\` | what is refused or masked |
| \`pricing/\` | what models cost |
| \`infra/environments/\` | where gateways run |
| \`schemas/\` | for editors; generated |

## Try it

\`\`\`sh
gatewright validate
gatewright test
gatewright deploy --env local
\`\`\`

\`local\` is an AWS inside of Gatewright: no account, no cost.

## Day by day

| command | does |
|---|---|
| \`gatewright validate --fix\` | says what is wrong, and mends what no person would mend otherwise |
| \`gatewright fmt\` | brings all files into one style |
| \`gatewright explain {{tenant}}\` | says what holds for a tenant, and which line decides it |
| \`gatewright diff --base origin/main\` | says what a change means, before it is merged |
| \`gatewright plan --env dev\` | says what a deploy would change in AWS |
| \`gatewright timeline\` | says what changes by itself: prices, retirements, people's access |

## Next

1. Read the prices in \`pricing/{{starter}}.yaml\` at their source, then set \`verifiedOn\` to that day.
2. Replace \`tenants/{{tenant}}.yaml\` by a team of yours: \`gatewright new tenant\`. Then write its name into
   \`routing/tests/first-steps.test.yaml\`, whose cases speak of the first one (or delete that test), and only then delete
   \`tenants/{{tenant}}.yaml\`: a test of a tenant that is not there is an error.
3. Write the account and the host of \`dev\` in \`infra/environments/dev.yaml\`.
4. Set the repository variable \`GATEWRIGHT_PACKAGE\` to what \`npm install --global\` takes (a registry name, a tarball
   or a git URL of Gatewright), so that pull requests are checked by \`.github/workflows/gatewright.yml\`.
5. For \`prod\`, copy \`dev.yaml\` to \`prod.yaml\`, write its name and \`class: prod\`, give it a
   \`resourceServer\` of its own (tokens for \`dev\` would be good in \`prod\` otherwise), pin the image by the digest that
   you have tried in \`dev\`, and add \`prod\` to \`promotion\` in \`gatewright.yaml\`. There is no such file yet,
   because nobody can know your digest before you.
`,
  // Markdown, not HTML.
  { noEscape: true, strict: true },
);

export function readme({ name, starter }: ProjectAnswers): string {
  return template({ name, starter, tenant: firstTenant.name });
}
