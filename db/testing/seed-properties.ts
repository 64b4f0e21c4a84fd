import { configureGlobal } from "fast-check";

/** The same made-up cases in every run, so that a failure is a change's and can be had again; another seed finds others. */
configureGlobal({ seed: Number(process.env["HUIBAO_SEED"] ?? 20240731) });
