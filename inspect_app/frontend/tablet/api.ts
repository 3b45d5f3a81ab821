/** Talks with the server: the pack of a visit, operations, photographs. Knows nothing of the screen. */
import type { Applied, Operation, Pack, Photo, Sources } from "./types";

/** The server said no. `code` is stable, `title` a sentence in the reader's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
  ) {
    super(`${status} ${code}`);
  }

  /** Whether sending the same again later may succeed. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** There was no answer: no line, or a line too slow. */
export class NoLine extends Error {}

const PATIENCE_MS = 30_000;

export interface Api {
  pack(): Promise<Pack>;
  send(operations: readonly Operation[]): Promise<Applied>;
  upload(photo: PhotoUpload, progress: (share: number) => void): Promise<Photo>;
  /** `identity`: somebody can be recognised, the picture is erased and not only taken out of the file. */
  withdraw(photoId: number, reason: string, identity: boolean): Promise<void>;
  sources(): Promise<Sources>;
}

export interface PhotoUpload {
  op_id: string;
  criterion: string;
  file: Blob;
  taken_at: string;
  caption: string;
}

function readToken(root: ParentNode): string {
  return root.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = await answer.json();
    return new Problem(answer.status, String(body.code ?? ""), String(body.title ?? ""));
  } catch {
    return new Problem(answer.status, "", "");
  }
}

export class HttpApi implements Api {
  private token = readToken(document);

  constructor(
    private readonly base: string,
    private readonly sourcesAddress: string,
  ) {}

  async pack(): Promise<Pack> {
    return (await this.call(this.base, {})).json();
  }

  async send(operations: readonly Operation[]): Promise<Applied> {
    const body = JSON.stringify({ operations });
    return (await this.change(`${this.base}/operations`, "POST", body)).json();
  }

  async withdraw(photoId: number, reason: string, identity: boolean): Promise<void> {
    await this.change(`${this.base}/photos/${photoId}`, "DELETE", JSON.stringify({ reason, identity }));
  }

  async sources(): Promise<Sources> {
    return (await this.call(this.sourcesAddress, {})).json();
  }

  async upload(photo: PhotoUpload, progress: (share: number) => void): Promise<Photo> {
    try {
      return await this.post(photo, progress);
    } catch (error) {
      if (!(await this.renewed(error))) throw error;
      return this.post(photo, progress);
    }
  }

  private async change(address: string, method: string, body: string): Promise<Response> {
    const init = (): RequestInit => ({
      method,
      body,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
    });
    try {
      return await this.call(address, init());
    } catch (error) {
      if (!(await this.renewed(error))) throw error;
      return this.call(address, init());
    }
  }

  private async call(address: string, init: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(address, {
        ...init,
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { Accept: "application/json", ...init.headers },
      });
    } catch {
      throw new NoLine();
    }
    if (!answer.ok) throw await problemOf(answer);
    return answer;
  }

  /** A page that stayed open for hours holds an old token: fetch this page again and take the new one. */
  private async renewed(error: unknown): Promise<boolean> {
    if (!(error instanceof Problem) || error.code !== "csrf") return false;
    try {
      const page = await fetch(location.pathname, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
      const token = readToken(new DOMParser().parseFromString(await page.text(), "text/html"));
      if (!token || page.redirected) throw new Problem(401, "sign-in-required", "");
      this.token = token;
      return true;
    } catch (failure) {
      throw failure instanceof Problem ? failure : new NoLine();
    }
  }

  /** XMLHttpRequest, because fetch does not tell how much has been sent. */
  private post(photo: PhotoUpload, progress: (share: number) => void): Promise<Photo> {
    const form = new FormData();
    form.set("criterion", photo.criterion);
    form.set("op_id", photo.op_id);
    form.set("taken_at", photo.taken_at);
    form.set("caption", photo.caption);
    form.set("file", photo.file, "photo.jpg");
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.base}/photos`);
      request.setRequestHeader("X-CSRFToken", this.token);
      request.setRequestHeader("Accept", "application/json");
      request.timeout = 10 * PATIENCE_MS;
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = request.ontimeout = () => reject(new NoLine());
      request.onload = () => {
        if (request.status === 201 || request.status === 200) resolve(request.response.photo as Photo);
        else reject(new Problem(request.status, request.response?.code ?? "", request.response?.title ?? ""));
      };
      request.send(form);
    });
  }
}
