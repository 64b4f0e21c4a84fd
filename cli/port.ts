import { connect, createServer } from "node:net";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";

const TRIES = 50;

/** The first free port of `host`, counting up from `wanted`. */
export async function firstFreePort(host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES && port < 65_536; port += 1) {
    if ((await canListen(host, port)) && !(await answersOnThisMachine(port))) return port;
  }
  throw new OperatorError(
    inTerminalLanguage(
      `${host} 上从 ${wanted} 起的 ${TRIES} 个端口都不能用。请用 PORT 指定一个空闲端口。`,
      `None of the ${TRIES} ports from ${wanted} on can be used on ${host}. Name a free one in PORT.`,
    ),
  );
}

/** The port asked for in PORT, or 3000. Throws an OperatorError for anything that is no port number. */
export function wantedPort(value: string | undefined): number {
  if (!value) return 3000;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new OperatorError(
    inTerminalLanguage(
      `PORT 应为 1 到 65535 的数字，现为“${value}”。`,
      `PORT must be a number from 1 to 65535, not “${value}”.`,
    ),
  );
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(unusableHost(host, error));
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

// A program on [::1] or on all addresses can leave 127.0.0.1 free and still be what a browser finds as localhost.
async function answersOnThisMachine(port: number): Promise<boolean> {
  const answers = await Promise.all(["127.0.0.1", "::1"].map((address) => accepts(address, port)));
  return answers.includes(true);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
    socket.once("timeout", () => finish(false));
  });
}

function unusableHost(host: string, error: Error): OperatorError {
  return new OperatorError(
    inTerminalLanguage(
      `HOST 指定的地址 ${host} 不能使用：${error.message}。`,
      `The address ${host} named in HOST cannot be used: ${error.message}.`,
    ),
  );
}
