import { stringify } from 'yaml';
import { schemaFiles } from '../schemas/files.ts';
import { type ProjectAnswers, projectFiles } from './project.ts';
import { readme } from './readme.ts';
import { serialised } from './serialise.ts';
import { workflow } from './workflow.ts';

/** Every file of a new configuration repository, by its path. */
export function repositoryFiles(answers: ProjectAnswers): ReadonlyMap<string, string> {
  return new Map([
    ...projectFiles(answers).map((file): [string, string] => [file.path, serialised(file)]),
    ...schemaFiles(),
    ['.github/workflows/gatewright.yml', stringify(workflow, { lineWidth: 0 })],
    // Elsewhere git may turn line ends into CRLF, which is another text in every digest.
    ['.gitattributes', '*.yaml text eol=lf\n'],
    ['.gitignore', '.gatewright/\ndist/\n'],
    ['README.md', readme(answers)],
  ]);
}
