const command = (name: string, run: string) => ({ name, run });

/** Checks a pull request and says what it changes, in the job summary. It needs no secret, and the token can only read. */
export const workflow = {
  name: 'gatewright',
  on: { pull_request: {} },
  permissions: { contents: 'read' },
  jobs: {
    preview: {
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 10,
      steps: [
        {
          // What would be merged, with its two parents: the first is the base.
          uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
          with: { 'fetch-depth': 2, 'persist-credentials': false },
        },
        { uses: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020', with: { 'node-version': 24 } },
        {
          name: 'install gatewright',
          run: 'npm install --global "$GATEWRIGHT_PACKAGE"',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
          env: { GATEWRIGHT_PACKAGE: '${{ vars.GATEWRIGHT_PACKAGE }}' },
        },
        command('validate', 'gatewright validate --format github'),
        command('format', 'gatewright fmt --check'),
        command('schemas', 'gatewright schema --check'),
        command('test', 'gatewright test --engine model'),
        command('preview', 'gatewright diff --base HEAD^1 --format markdown >> "$GITHUB_STEP_SUMMARY"'),
      ],
    },
  },
};
