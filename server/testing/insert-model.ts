import type { Database } from "#/db/client.ts";
import { models } from "#/db/schema/index.ts";

/** A version that stands in the registry and was never trained, for whoever only asks which one it was. Its id. */
export async function insertModel(db: Database, own: Partial<typeof models.$inferInsert> = {}): Promise<number> {
  const [model] = await db
    .insert(models)
    .values({
      ...{ status: "active", artifactSha256: "0".repeat(64), artifactBytes: 1, featureSetId: "none" },
      ...{ asOf: "2025-01-01", threshold: 0.5, thresholdBasis: {}, snapshot: {}, parameters: {}, report: {} },
      ...{ createdBy: "system:cli", ...own },
    })
    .returning({ id: models.id });
  return model!.id;
}
