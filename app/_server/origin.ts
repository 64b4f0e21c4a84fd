import "server-only";

/** Where this deployment is reached, as printed on its editions: https://host. Null when nobody has said so. */
export function deploymentOrigin(): string | null {
  const address = process.env["NEXTAUTH_URL"];
  return address && URL.canParse(address) ? new URL(address).origin : null;
}
