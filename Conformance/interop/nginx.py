"""nginx over a folder, on the loopback interface, with a log of what it was asked for."""
import os
import socket
import subprocess
import time

NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  log_format counted '$status $body_bytes_sent $request_method $uri $http_range';
  server {{ listen 127.0.0.1:{port}; root {folder}/files; access_log {folder}/access.log counted;
            location /hidden/ {{ deny all; }} location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
            location /plain/ {{ max_ranges 0; alias {folder}/files/; }} }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """nginx over a folder, with the requests it served."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        os.makedirs(os.path.join(folder, "files", "hidden"), exist_ok=True)
        configuration = os.path.join(folder, "nginx.conf")
        with open(configuration, "w") as file:
            file.write(NGINX.format(folder=folder, port=self.port))
        self.process = subprocess.Popen(["nginx", "-c", configuration], stderr=subprocess.DEVNULL)
        self.log = os.path.join(folder, "access.log")
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("nginx does not start")

    def address(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def cost(self, work):
        """The result of `work`, and the requests and bytes that it took."""
        before = os.path.getsize(self.log) if os.path.exists(self.log) else 0
        result = work()
        time.sleep(0.05)
        with open(self.log) as file:
            file.seek(before)
            lines = [line.split() for line in file]
        return result, len(lines), sum(int(line[1]) for line in lines)

    def stop(self):
        self.process.terminate()
        self.process.wait()
