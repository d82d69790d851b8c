import { z } from 'zod';
import { environmentClasses } from '../../contract/vocabulary.ts';
import { awsRegion, date, httpsUrl, reference, resource, shortName, text, unique, uniqueItems } from './common.ts';

const port = z.int().min(1).max(65_535);

export const environmentSchema = resource(
  'Environment',
  z.strictObject({ name: shortName.meta({ examples: ['prod'] }) }).describe('What it is called'),
  z.strictObject({
    class: z.enum(environmentClasses).describe('prod: what is not strict, pinned and guarded does not compile'),
    aws: z
      .strictObject({
        region: awsRegion,
        account: z
          .string()
          .regex(/^\d{12}$/, 'an AWS account id is twelve digits, quoted')
          .meta({ examples: ['123456789012'] })
          .describe('AWS account id, quoted'),
        quotas: z
          .strictObject({
            appClients: z
              .int()
              .min(1)
              .max(10_000, 'Cognito gives a user pool at most 10 000 app clients')
              .default(1000)
              .describe('App clients of the user pool: 1 000, until AWS gives the account more'),
          })
          .default({ appClients: 1000 })
          .describe('What AWS allows this account, where it was raised: the compiler stays within it'),
      })
      .describe('Where it runs'),
    gateway: z
      .strictObject({
        image: z
          .string()
          .regex(
            /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[A-Za-z0-9._-]+)?(@sha256:[0-9a-f]{64})?$/,
            'an image is registry/name with a tag or a digest',
          )
          .meta({ examples: ['cr.agentgateway.dev/agentgateway:v1.4.1'] })
          .describe('Image of agentgateway; pinned by digest in prod'),
        port: port.default(4000).describe('For clients'),
        opsPort: port.default(4001).describe('Release id and nothing else, for operators'),
        maxBodyBytes: z
          .int()
          .min(1024)
          .max(104_857_600)
          .default(2_097_152)
          .describe('Largest request body that is read'),
      })
      .describe('The gateway tasks'),
    access: z
      .strictObject({
        resourceServer: httpsUrl
          .max(249, 'at most 249 characters: with /invoke behind it, Cognito takes 256')
          .describe('Identifier of the Cognito resource server; the invoke scope is <resourceServer>/invoke'),
        adminTenants: z
          .array(reference('Tenant'))
          .refine(uniqueItems, unique)
          .default([])
          .describe('Tenants whose clients may have the admin scope'),
      })
      .describe('Who may call the gateway'),
    guardrails: z
      .strictObject({
        mandatory: z
          .array(reference('Guardrail'))
          .refine(uniqueItems, unique)
          .default([])
          .describe('For every tenant, before its own'),
      })
      .default({ mandatory: [] })
      .describe('Guardrails of the environment'),
    limits: z
      .discriminatedUnion('backend', [
        z.strictObject({ backend: z.literal('local').describe('Counted by each gateway task for itself') }),
        z.strictObject({
          backend: z.literal('global').describe('Counted by the rate limit service for all tasks together'),
          onFailure: z
            .enum(['allow', 'reject'])
            .default('allow')
            .describe('What happens to requests while the rate limit service cannot be asked'),
        }),
      ])
      .optional()
      .describe('What counts requests and tokens of tenants; without it their limits are not enforced'),
    budgets: z
      .strictObject({
        cacheSeconds: z
          .int()
          .min(0)
          .max(300)
          .default(5)
          .describe("How long a gateway task believes the budget service's answer"),
        onFailure: z
          .enum(['allow', 'reject'])
          .default('reject')
          .describe('What happens to requests while the budget service cannot be asked'),
      })
      .optional()
      .describe('Asks the budget service before a request; without it budgets are not enforced'),
    safety: z
      .strictObject({
        deletes: z
          .strictObject({
            count: z.int().min(0).default(5).describe('App clients'),
            percent: z.int().min(0).max(100).default(10).describe('Percent of all app clients'),
          })
          .default({ count: 5, percent: 10 })
          .describe('More deletions in one deploy than the larger of these need an acknowledgement'),
        quarantineDays: z
          .int()
          .min(0)
          .max(365)
          .default(14)
          .describe('Days between the removal of a client and its deletion'),
        acknowledge: z
          .array(
            z.strictObject({
              change: z.literal('delete-client').describe('What is meant to happen'),
              upTo: z
                .int()
                .positive()
                .meta({ examples: [12] })
                .describe('How often in one deploy'),
              until: date.describe('Last day on which it holds'),
              reason: text('Why').meta({ examples: ['lab closed'] }),
            }),
          )
          .default([])
          .describe('Large changes that are meant'),
      })
      .default({ deletes: { count: 5, percent: 10 }, quarantineDays: 14, acknowledge: [] })
      .describe('What protects against deletions by mistake'),
  }),
);
