/** Writes docs/schema/huibao-edition-1.schema.json: node --import tsx docs/schema/write.ts */
import { writeFileSync } from "node:fs";
import { editionJsonSchema } from "../../render/json/edition-schema";

const FILE = new URL("huibao-edition-1.schema.json", import.meta.url);
writeFileSync(FILE, `${JSON.stringify(editionJsonSchema(), null, 2)}\n`);
