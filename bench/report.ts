import type { Measured, StartUp } from './measure.ts';
import { type Probe, probeNames, probes } from './probes.ts';

/** The goals of the design. A ratio is to the yardstick of the same run. */
export const goals = {
  compileRatio: 1,
  againRatio: 0.1,
  /** Of 1 000 tenants. */
  saveMilliseconds: 100,
  peakBytes: 1e9,
  /** Of 10 000 tenants in 20 classes. */
  configBytes: 3e6,
  configMilliseconds: 1000,
  /** Of 10 000 tenants. */
  previewMilliseconds: 1000,
  versionRatio: 2,
  exampleMilliseconds: 500,
} as const;

export interface Result {
  readonly node: string;
  readonly cpus: number;
  readonly environment: string;
  readonly startUp: StartUp;
  readonly sizes: readonly Measured[];
}

interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  readonly goal: string;
}

export function renderTable({ node, cpus, environment, startUp, sizes }: Result): string {
  const { versionMilliseconds, bareNodeMilliseconds, validateMilliseconds } = startUp;
  const version = versionMilliseconds / bareNodeMilliseconds;
  const example = flag(ms(validateMilliseconds), validateMilliseconds > goals.exampleMilliseconds);
  return [
    `Node ${node}, ${cpus} CPUs, environment ${environment}. Medians of fresh processes, modules loaded before the clock starts;`,
    'the diff is the whole command, of all environments. "Again" validates in the process that has validated before; a save is',
    'timed from the write of a file to the line that the command prints, for all environments.',
    '',
    ...align(rowsOf(sizes)),
    '',
    `gatewright --version ${ms(versionMilliseconds)}, node -e 0 ${ms(bareNodeMilliseconds)}: ratio ${flag(version.toFixed(2), version > goals.versionRatio)} (goal ≤ ${goals.versionRatio})`,
    `gatewright validate on the example ${example} (goal ≤ ${goals.exampleMilliseconds / 1000} s)`,
    '',
    ...verdict(missedGoals({ startUp, sizes })),
    '',
  ].join('\n');
}

function rowsOf(sizes: readonly Measured[]): Row[] {
  const time = (probe: Probe): Row => ({
    label: probes[probe],
    cells: sizes.map((size) => flag(ms(size.milliseconds[probe]), isMissed(probe, size))),
    goal: probe === 'watch' ? `≤ ${goals.saveMilliseconds} ms at 1 000` : '',
  });
  return [
    { label: 'tenants', cells: sizes.map(({ tenants }) => grouped(tenants)), goal: 'goal' },
    { label: 'in classes', cells: sizes.map(({ classes }) => (classes === null ? '' : grouped(classes))), goal: '' },
    ...probeNames.map(time),
    {
      label: 'size of agentgateway.json',
      cells: sizes.map((size) => flag(`${(size.configBytes / 1e6).toFixed(2)} MB`, configTooLarge(size))),
      goal: `≤ ${goals.configBytes / 1e6} MB and ${goals.configMilliseconds / 1000} s for 10 000 in 20 classes`,
    },
    ratio('validate ÷ yardstick', sizes, 'validate'),
    ratio('validate + compile ÷ yardstick', sizes, 'compile', goals.compileRatio),
    ratio('again ÷ yardstick', sizes, 'again', goals.againRatio),
    {
      label: 'peak memory of a compile',
      cells: sizes.map(({ peakBytes }) => flag(`${Math.round(peakBytes / 1e6)} MB`, peakBytes > goals.peakBytes)),
      goal: `≤ ${goals.peakBytes / 1e9} GB`,
    },
    {
      label: "gatewright diff, one tenant's change",
      cells: sizes.map(previewCell),
      goal: `≤ ${goals.previewMilliseconds / 1000} s at 10 000`,
    },
  ];
}

/** In words, each with the sizes that miss it. */
export function missedGoals({ startUp, sizes }: Pick<Result, 'startUp' | 'sizes'>): string[] {
  const at = (what: string, missed: (size: Measured) => boolean): string[] => {
    const where = sizes.filter(missed).map(({ tenants }) => grouped(tenants));
    return where.length === 0 ? [] : [`${what}, at ${where.join(', ')} tenants`];
  };
  const { versionMilliseconds, bareNodeMilliseconds, validateMilliseconds } = startUp;
  return [
    ...at(`validate + compile ≤ ${goals.compileRatio} × yardstick`, (size) =>
      over(size, 'compile', goals.compileRatio),
    ),
    ...at(`again ≤ ${goals.againRatio} × yardstick`, (size) => over(size, 'again', goals.againRatio)),
    ...at(`peak memory ≤ ${goals.peakBytes / 1e9} GB`, ({ peakBytes }) => peakBytes > goals.peakBytes),
    ...at(`agentgateway.json ≤ ${goals.configBytes / 1e6} MB`, configTooLarge),
    ...at(`agentgateway.json made in ≤ ${goals.configMilliseconds / 1000} s`, configTooSlow),
    ...at(`answer to a save ≤ ${goals.saveMilliseconds} ms`, saveTooSlow),
    ...at(`diff ≤ ${goals.previewMilliseconds / 1000} s`, previewMissed),
    ...(versionMilliseconds / bareNodeMilliseconds > goals.versionRatio
      ? [`--version ≤ ${goals.versionRatio} × node -e 0`]
      : []),
    ...(validateMilliseconds > goals.exampleMilliseconds
      ? [`validate on the example ≤ ${goals.exampleMilliseconds / 1000} s`]
      : []),
  ];
}

function verdict(missed: readonly string[]): string[] {
  return missed.length === 0 ? ['All goals are met.'] : ['Missed goals (!):', ...missed.map((goal) => `  ${goal}`)];
}

function ratio(label: string, sizes: readonly Measured[], probe: Probe, goal?: number): Row {
  const cells = sizes.map((size) =>
    flag(ratioOf(size, probe).toFixed(2), goal !== undefined && over(size, probe, goal)),
  );
  return { label, cells, goal: goal === undefined ? '' : `≤ ${goal.toFixed(2)}` };
}

function ratioOf({ milliseconds }: Measured, probe: Probe): number {
  return milliseconds[probe] / milliseconds.yardstick;
}

function over(size: Measured, probe: Probe, goal: number): boolean {
  return ratioOf(size, probe) > goal;
}

function previewCell(size: Measured): string {
  const { previewMilliseconds } = size;
  return previewMilliseconds === null ? 'not built' : flag(ms(previewMilliseconds), previewMissed(size));
}

function previewMissed({ tenants, previewMilliseconds }: Measured): boolean {
  return previewMilliseconds !== null && tenants >= 10_000 && previewMilliseconds > goals.previewMilliseconds;
}

function isScaleGoal({ tenants, classes }: Measured): boolean {
  return tenants === 10_000 && classes === 20;
}

function isMissed(probe: Probe, size: Measured): boolean {
  return (probe === 'gatewayConfig' && configTooSlow(size)) || (probe === 'watch' && saveTooSlow(size));
}

function saveTooSlow({ tenants, milliseconds }: Measured): boolean {
  return tenants <= 1000 && milliseconds.watch > goals.saveMilliseconds;
}

function configTooLarge(size: Measured): boolean {
  return isScaleGoal(size) && size.configBytes > goals.configBytes;
}

function configTooSlow(size: Measured): boolean {
  return isScaleGoal(size) && size.milliseconds.gatewayConfig > goals.configMilliseconds;
}

function flag(text: string, missed: boolean): string {
  return missed ? `${text} !` : text;
}

function ms(value: number): string {
  return value < 100 ? `${value.toFixed(1)} ms` : `${grouped(Math.round(value))} ms`;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function align(rows: readonly Row[]): string[] {
  const wide = Math.max(...rows.map(({ label }) => label.length));
  const cell = Math.max(...rows.flatMap(({ cells }) => cells.map((text) => text.length)));
  return rows.map(({ label, cells, goal }) =>
    [label.padEnd(wide), ...cells.map((text) => text.padStart(cell)), goal].join('  ').trimEnd(),
  );
}
