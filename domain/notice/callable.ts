/**
 * Whether calls may go there: http or https, without a name and password in it. Private addresses are allowed on
 * purpose: the usual receiver is the office's own gateway inside the government network, and only the system
 * administrator sets the address. This machine itself and link-local addresses (a cloud's metadata) are not.
 */
export function isCallable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hostname } = new URL(url);
  const isWeb = protocol === "https:" || protocol === "http:";
  return isWeb && username === "" && password === "" && hostname !== "" && !isOwnMachine(hostname);
}

/** As URL writes hosts: IPv4 in four decimals whatever it was typed as, IPv6 in brackets and shortened. */
const isOwnMachine = (host: string): boolean =>
  /^(localhost|.+\.localhost)\.?$/.test(host) ||
  /^(127|0)\.\d+\.\d+\.\d+$|^169\.254\.\d+\.\d+$/.test(host) ||
  // ::1 and ::, link-local, and IPv4 written as IPv6.
  /^\[(::1?|fe[89ab][0-9a-f]:.*|::ffff:(7f[0-9a-f]{2}|a9fe|0):.*|::ffff:0)\]$/.test(host);
