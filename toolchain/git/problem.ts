import { GitError } from 'simple-git';

/** Why git cannot give what was asked for, and what to do about it. */
export class GitProblem extends Error {
  readonly fix: string;

  constructor(reason: string, fix: string) {
    super(reason);
    this.name = 'GitProblem';
    this.fix = fix;
  }
}

/** What stands in the way of every call; null: git itself answered. Anything that is no error of git is a defect. */
export function problemOf(error: unknown): GitProblem | null {
  const said = error instanceof Error ? error.message : String(error);
  if (said.includes('ENOENT')) return new GitProblem('git is not installed', 'install git and put it on the PATH');
  if (said.includes('dubious ownership')) {
    return new GitProblem(
      'git does not trust this repository: somebody else owns its folder',
      'git config --global --add safe.directory <folder>',
    );
  }
  if (error instanceof GitError) return null;
  throw error;
}
