/** How the person who reads this can call us again: npm puts its own commands into the surroundings of what it starts. */
export function commandName(): string {
  return process.env['npm_command'] === undefined ? 'gatewright' : 'npx gatewright';
}
