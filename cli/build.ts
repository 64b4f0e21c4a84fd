/** `npm run build`: makes the production build afresh and notes which sources it was made from. */
import { buildWeb } from "./build-web";
import { projectDirectory } from "./environment";
import { hashSources, stampBuild } from "./production-build";

const sources = await hashSources(projectDirectory);
const code = await buildWeb(projectDirectory);
if (code === 0) await stampBuild(projectDirectory, sources);
process.exit(code);
