# A Docker Space on Hugging Face, or any other host: builds and starts the app as user 1000.
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 user
USER user
ENV HOME=/home/user \
    PATH=/home/user/venv/bin:/home/user/.local/bin:$PATH \
    VIRTUAL_ENV=/home/user/venv \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1
WORKDIR /home/user/app

# uv knows where the CPU build of torch is; plain pip would fetch the CUDA build, several GB.
COPY --chown=user requirements.txt .
RUN pip install --user --no-cache-dir uv==0.13.9 \
    && uv venv /home/user/venv \
    && uv pip install --no-cache --torch-backend=cpu -r requirements.txt

COPY --chown=user . .

EXPOSE 8501
HEALTHCHECK --interval=30s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=3)"]

# The Space shows the app in a frame of another site, where the cookie that guards uploads is blocked. There is no
# login and nothing stored that a forged upload could harm.
CMD ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0", \
     "--server.enableXsrfProtection=false"]
