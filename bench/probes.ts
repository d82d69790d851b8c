/** What is measured below one tree, each in fresh processes, with the words of the table. */
export const probes = {
  yardstick: 'read + yaml.parse of every file',
  validate: 'read + validate',
  compile: 'read + validate + compile',
  emitAndVerify: 'of it: emit + verify',
  gatewayConfig: 'of that: agentgateway.json',
  again: 'validate again, one file changed',
  watch: 'save to answer, validate --watch',
} as const;

export type Probe = keyof typeof probes;

export const probeNames = Object.keys(probes) as Probe[];

export interface ProbeInput {
  readonly probe: Probe;
  /** Folder of the compiled project. */
  readonly build: string;
  /** URL of the yaml library that the project uses. */
  readonly yaml: string;
  readonly tree: string;
  readonly date: string;
  readonly environment: string;
  readonly edit: Edit;
}

/** One file, relative to the tree, and its new text. */
export interface Edit {
  readonly path: string;
  readonly text: string;
}

export interface ProbeOutput {
  readonly milliseconds: number;
  readonly peakBytes: number;
  /** Of agentgateway.json; zero where the probe does not make it alone. */
  readonly configBytes: number;
}
