/** Where a provider's secret reaches the gateway. Names are DNS labels, so both mappings are one-to-one. */

/** Environment variable of the gateway container. */
export function secretVariable(secret: string): string {
  return `GW_SECRET_${upper(secret)}`;
}

/** Environment variable of the init container, which writes its value to `secretFile`. */
export function secretFileVariable(secret: string): string {
  return `GW_FILE_${upper(secret)}`;
}

export const configDirectory = '/etc/gatewright';
export const configFile = `${configDirectory}/agentgateway.json`;

export function secretFile(secret: string): string {
  return `${configDirectory}/secrets/${secret}`;
}

function upper(secret: string): string {
  return secret.toUpperCase().replaceAll('-', '_');
}
