// Calls the JSON API as the person who is signed in.

export async function call(url, { method = "GET", body, headers = {}, ...rest } = {}) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return fetch(url, {
    method,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(method === "GET" ? {} : { "X-CSRFToken": token }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    ...rest,
  });
}

// What a refusal says, in words.
export async function reason(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  } catch {
    return "The server gave no answer that can be read.";
  }
}
