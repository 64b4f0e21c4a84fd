import { handler } from "../../../_server/auth";

export { handler as GET, handler as POST };
